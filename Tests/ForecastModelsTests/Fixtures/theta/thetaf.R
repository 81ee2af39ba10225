# Writes thetaf.json: R's thetaf and the smoothing inside it, on Nile and lynx. Run as: Rscript thetaf.R
library(forecast)
library(jsonlite)
one <- function(name, y) {
  smoothing <- ses(y, h = 6)
  list(
    series = name, y = as.numeric(y), alpha = unname(smoothing$model$par["alpha"]),
    level = unname(smoothing$model$par["l"]), mean = as.numeric(thetaf(y, h = 6)$mean))
}
write_json(
  list(
    forecast = as.character(packageVersion("forecast")), R = R.version.string,
    fits = list(one("Nile", Nile), one("lynx", lynx))),
  "thetaf.json", auto_unbox = TRUE, digits = NA, pretty = TRUE)
