# Decompositions by R's stl and forecast::mstl, written to decomposition.json beside this script: Rscript decomposition.R
# nottem, ldeaths and co2 are datasets of R; the two-season series is made of sines and a linear congruential noise.
suppressMessages({library(forecast); library(jsonlite)})
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
stl1 <- function(name, y, window, robust, trend = NULL) {
  fit <- stl(y, s.window = window, robust = robust, t.window = trend)
  parts <- fit$time.series
  list(name = name, period = frequency(y), y = as.numeric(y), window = window, robust = robust, trendWindow = trend,
    seasonal = as.numeric(parts[, "seasonal"]), trend = as.numeric(parts[, "trend"]), weights = as.numeric(fit$weights))
}
# An odd number of values: of an even number, R 4.2.2 weighs by no median, since it asks its partial sort for places in
# descending order (here 163.3 and 189.5 of the sorted remainders instead of 163.3 and 165.6).
spiked <- window(ldeaths, end = c(1979, 11)); spiked[30] <- 9000
noise <- numeric(600); seed <- 1
for (t in 1:600) { seed <- (16807 * seed) %% 2147483647; noise[t] <- seed / 2147483647 - 0.5 }
t <- 1:600
two <- 50 + 0.02 * t + 5 * sin(2 * pi * t / 12) + 8 * cos(2 * pi * t / 84) + noise
m <- mstl(msts(two, seasonal.periods = c(12, 84)))
cases <- list(
  stl1("nottem", nottem, "periodic", FALSE), stl1("ldeaths", ldeaths, 7, FALSE), stl1("spiked ldeaths", spiked, 11, TRUE),
  stl1("co2", co2, 21, FALSE, 41))
writeLines(toJSON(list(versions = list(R = R.version.string, forecast = as.character(packageVersion("forecast"))),
  cases = cases, mstl = list(y = two, periods = c(12, 84), trend = as.numeric(m[, "Trend"]),
    seasonal = list(as.numeric(m[, "Seasonal12"]), as.numeric(m[, "Seasonal84"])))),
  digits = NA, auto_unbox = TRUE, null = "null", na = "null"), file.path(here, "decomposition.json"))
