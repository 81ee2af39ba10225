# Figures of R's arima (exact maximum likelihood, tightened tolerance) for the tests of ARIMA.
# The diffuse prior is widened from 1e6 to 1e10, where it no longer shows in the fourth digit.
# Run: Rscript arima.R > arima.json   (R 4.2.2, package stats; jsonlite for the output)
library(jsonlite)
cases <- list(
  list(name = "AirPassengers", y = log(AirPassengers), order = c(0, 1, 1), seasonal = c(0, 1, 1)),
  list(name = "USAccDeaths", y = USAccDeaths, order = c(0, 1, 1), seasonal = c(0, 1, 1)),
  list(name = "LakeHuron", y = LakeHuron, order = c(2, 0, 0), seasonal = c(0, 0, 0)),
  list(name = "Nile", y = Nile, order = c(0, 1, 1), seasonal = c(0, 0, 0)),
  list(name = "Nile", y = Nile, order = c(1, 0, 1), seasonal = c(0, 0, 0)),
  list(name = "lynx", y = log10(lynx), order = c(2, 0, 0), seasonal = c(0, 0, 0)),
  list(name = "lh", y = lh, order = c(3, 0, 0), seasonal = c(0, 0, 0)),
  list(name = "co2", y = co2, order = c(1, 1, 1), seasonal = c(0, 1, 1)),
  list(name = "presidents", y = presidents, order = c(3, 0, 0), seasonal = c(0, 0, 0)))
fits <- lapply(cases, function(case) {
  m <- frequency(case$y)
  fit <- arima(case$y, order = case$order, seasonal = list(order = case$seasonal, period = m), method = "ML", kappa = 1e10,
    optim.control = list(reltol = 1e-14, maxit = 2000))
  future <- predict(fit, n.ahead = 12)
  list(name = case$name, period = m, y = as.numeric(case$y), order = case$order, seasonal = case$seasonal,
    coefficients = as.list(fit$coef), standardErrors = as.list(sqrt(diag(fit$var.coef))),
    sigma2 = fit$sigma2, logLikelihood = fit$loglik, aic = fit$aic,
    mean = as.numeric(future$pred), sd = as.numeric(future$se))
})
cat(toJSON(list(version = R.version.string, fits = fits), auto_unbox = TRUE, digits = 12, na = "null", pretty = FALSE))
