# Fits of R's forecast::ets, written to ets.json beside this file. Run: Rscript ets.R
suppressMessages(library(forecast))

number <- function(x) paste0("[", paste(ifelse(is.finite(x), formatC(x, digits = 17, format = "g"), "null"),
                                        collapse = ","), "]")
one <- function(name, y, model, damped) {
  fit <- tryCatch(ets(y, model = model, damped = damped, restrict = FALSE), error = function(e) NULL)
  if (is.null(fit)) return(NULL)
  path <- forecast(fit, h = 18, PI = FALSE)$mean
  form <- paste0(fit$components[1], fit$components[2], if (damped) "d" else "", fit$components[3])
  parts <- c(
    sprintf('"series":"%s"', name), sprintf('"form":"%s"', form),
    sprintf('"parameters":%s', number(c(fit$par["alpha"], if (is.na(fit$par["beta"])) 0 else fit$par["beta"],
                                        if (is.na(fit$par["gamma"])) 0 else fit$par["gamma"],
                                        if (is.na(fit$par["phi"])) 1 else fit$par["phi"]))),
    sprintf('"initial":%s', number(fit$initstate)),
    sprintf('"final":%s', number(fit$states[nrow(fit$states), ])),
    sprintf('"logLikelihood":%s', formatC(fit$loglik, digits = 17, format = "g")),
    sprintf('"aicc":%s', formatC(fit$aicc, digits = 17, format = "g")),
    sprintf('"path":%s', number(path)))
  paste0("{", paste(parts, collapse = ","), "}")
}
data <- list(AirPassengers = AirPassengers, USAccDeaths = USAccDeaths, Nile = Nile, lynx = lynx, co2 = co2)
fits <- c()
for (name in names(data)) {
  y <- data[[name]]
  seasons <- if (frequency(y) > 1) c("N", "A", "M") else "N"
  errors <- c("A", "M")
  trends <- if (name == "co2") c("A") else c("N", "A", "M")
  for (e in errors) for (t in trends) for (s in seasons)
    for (d in if (t == "N") FALSE else c(FALSE, TRUE))
      fits <- c(fits, one(name, y, paste0(e, t, s), d))
}
series <- paste(sprintf('"%s":{"period":%d,"y":%s}', names(data), sapply(data, frequency), sapply(data, number)),
                collapse = ",")
cat(sprintf('{"versions":"%s, forecast %s",\n"series":{%s},\n"fits":[\n%s]}\n', R.version.string,
            packageVersion("forecast"), series, paste(fits, collapse = ",\n")), file = "ets.json")
