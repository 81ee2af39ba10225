# Residual diagnostics by R, written to diagnostics.json beside this script: Rscript diagnostics.R
# Durbin-Watson and Breusch-Pagan by lmtest, Ljung-Box by stats::Box.test, Shapiro-Wilk by stats::shapiro.test;
# Jarque-Bera from its moments.
suppressMessages({library(lmtest); library(jsonlite)})
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
jb <- function(e) { n <- length(e); e <- e - mean(e); s <- mean(e^3) / mean(e^2)^1.5; k <- mean(e^4) / mean(e^2)^2
  stat <- n / 6 * (s^2 + (k - 3)^2 / 4); list(statistic = stat, pValue = pchisq(stat, 2, lower.tail = FALSE)) }
test <- function(t) list(statistic = unname(t$statistic), pValue = unname(t$p.value))
one <- function(name, f, data, lags) {
  fit <- lm(f, data); e <- unname(residuals(fit))
  list(name = name, residuals = e, design = unname(as.list(as.data.frame(model.matrix(fit)[, -1, drop = FALSE]))), lags = lags,
    durbinWatson = unname(dwtest(fit)$statistic), ljungBox = test(Box.test(e, lags, "Ljung")),
    ljungBoxFitted = test(Box.test(e, lags, "Ljung", fitdf = 1)),
    breuschPagan = test(bptest(fit)), jarqueBera = jb(e), shapiroWilk = test(shapiro.test(e)))
}
cases <- list(
  one("cars", dist ~ speed, cars, 10),
  one("stackloss", stack.loss ~ ., stackloss, 4),
  one("longley", Employed ~ ., longley, 3),
  one("airmiles", log(y) ~ t, data.frame(y = as.numeric(airmiles), t = 1:24), 4),
  one("ten cars", dist ~ speed, cars[1:10, ], 2),
  one("five cars", dist ~ speed, cars[1:5, ], 2))
three <- list(values = c(1.2, 3.5, 3.9), shapiroWilk = test(shapiro.test(c(1.2, 3.5, 3.9))))
writeLines(toJSON(list(versions = list(R = R.version.string, lmtest = as.character(packageVersion("lmtest"))),
  cases = cases, three = three), digits = NA, auto_unbox = TRUE, pretty = TRUE), file.path(here, "diagnostics.json"))
