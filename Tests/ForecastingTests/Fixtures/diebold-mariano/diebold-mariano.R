# Writes diebold-mariano.json: forecast::dm.test on two lists of forecast errors made by formulas.
# Run: Rscript diebold-mariano.R > diebold-mariano.json
suppressPackageStartupMessages(library(forecast))
t <- 1:48
e1 <- sin(1.3 * t) + 0.4 * cos(0.11 * t^2)
e2 <- 1.2 * cos(0.7 * t) + 0.5 * sin(0.05 * t^2) + 0.15
num <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ","), "]")
cases <- list()
for (h in c(1, 2, 3, 6)) for (power in c(1, 2)) for (v in c("acf", "bartlett")) {
  if (h == 1 && v == "bartlett") next
  r <- suppressWarnings(dm.test(e1, e2, h = h, power = power, varestimator = v))
  cases[[length(cases) + 1]] <- sprintf(
    '{"horizon":%d,"power":%d,"variance":"%s","statistic":%.17g,"pValue":%.17g,"usedHorizon":%d}',
    h, power, v, r$statistic, r$p.value, r$parameter[["Forecast horizon"]])
}
cat("{\n\"madeBy\":\"R ", as.character(getRversion()), ", forecast ", as.character(packageVersion("forecast")),
    "\",\n\"first\":", num(e1), ",\n\"second\":", num(e2), ",\n\"cases\":[\n",
    paste(unlist(cases), collapse = ",\n"), "\n]\n}\n", sep = "")
