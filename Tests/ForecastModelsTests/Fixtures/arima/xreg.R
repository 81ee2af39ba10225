# Writes xreg.json: R's regressions with ARIMA errors, and statistics of the OCSB test.
#
# Run as: Rscript xreg.R, with forecast 8.20 and jsonlite.
suppressMessages({library(forecast); library(jsonlite)})
set.seed(7)
fits <- list()
add <- function(name, y, x, order, seasonal, constant, h, future) {
  fit <- Arima(y, order = order, seasonal = seasonal, xreg = x, include.mean = constant && order[2] + seasonal[2] == 0,
               include.drift = constant && order[2] + seasonal[2] == 1, method = "ML",
               optim.control = list(maxit = 2000, reltol = 1e-14))
  f <- forecast(fit, xreg = future, h = h)
  fits[[length(fits) + 1]] <<- list(
    name = name, y = as.numeric(y), period = frequency(y), x = lapply(seq_len(ncol(x)), function(i) as.numeric(x[, i])),
    variables = colnames(x), order = order, seasonal = seasonal, constant = constant,
    names = names(coef(fit)), coef = unname(coef(fit)), se = unname(sqrt(diag(vcov(fit)))), loglik = fit$loglik,
    sigma2 = fit$sigma2, future = lapply(seq_len(ncol(x)), function(i) as.numeric(future[, i])), mean = as.numeric(f$mean))
}
n <- 120
temp <- cbind(temp = 10 + 8 * sin(2 * pi * (1:n) / 12) + rnorm(n), price = cumsum(rnorm(n)) + 50)
e <- arima.sim(list(ar = 0.6), n)
y <- ts(20 + 1.5 * temp[, 1] - 0.3 * temp[, 2] + e, frequency = 12)
later <- cbind(temp = 10 + 8 * sin(2 * pi * (121:132) / 12), price = 50 + 0 * (1:12))
add("stationary", y, temp, c(1, 0, 0), c(0, 0, 0), TRUE, 12, later)
walk <- ts(100 + cumsum(rnorm(n, 0.3)) + 2 * temp[, 2], frequency = 12)
add("drift", walk, temp[, 2, drop = FALSE], c(0, 1, 1), c(0, 0, 0), TRUE, 12, later[, 2, drop = FALSE])
level <- log(as.numeric(AirPassengers))
step <- cbind(step = as.numeric(seq_along(level) > 96))
add("seasonal", ts(level, frequency = 12), step, c(0, 1, 1), c(0, 1, 1), FALSE, 24, cbind(step = rep(1, 24)))
big <- cbind(gdp = 1e9 + 1e5 * cumsum(rnorm(n)))
yb <- ts(5 + 3e-6 * (big[, 1] - 1e9) + arima.sim(list(ma = 0.4), n), frequency = 1)
add("offset", yb, big, c(0, 0, 1), c(0, 0, 0), TRUE, 5, cbind(gdp = rep(1e9, 5)))
series <- list(AirPassengers = AirPassengers, USAccDeaths = USAccDeaths, co2 = co2, UKgas = UKgas, nottem = nottem)
ocsb <- lapply(names(series), function(name) list(
  name = name, period = frequency(series[[name]]), y = as.numeric(series[[name]]),
  statistics = unname(sapply(0:3, function(k) ocsb.test(series[[name]], maxlag = k, lag.method = "fixed")$statistics)),
  critical = unname(ocsb.test(series[[name]])$critical)))
writeLines(toJSON(list(R = R.version.string, forecast = as.character(packageVersion("forecast")), fits = fits, ocsb = ocsb),
                  auto_unbox = TRUE, digits = NA, pretty = TRUE), "xreg.json")
