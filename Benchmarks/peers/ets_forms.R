# Fits every form of exponential smoothing to every n-th series of a competition with R's forecast::ets, for
# `Competitions optimum`: unique_id, seconds, error, form, log-likelihood, …, parameters.
#
#   Rscript ets_forms.R DIRECTORY NAME STRIDE OUT.csv      (forecast 8.20)
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
meta <- read.csv(file.path(arguments[1], paste0(arguments[2], "_meta.csv")))
data <- read.csv(file.path(arguments[1], paste0(arguments[2], ".csv")))
data <- data[data$split == "train", ]
values <- split(data$y, data$unique_id)
out <- file(arguments[4], "w")
writeLines("unique_id,cpu_s,err,model,loglik,aicc,aic,bic,sigma2,mse,npar,par,components,period", out)
for (i in seq(1, nrow(meta), by = as.integer(arguments[3]))) {
  y <- ts(values[[meta$unique_id[i]]], frequency = meta$season[i])
  for (error in c("A", "M")) for (trend in c("N", "A", "M")) for (damped in if (trend == "N") FALSE else c(FALSE, TRUE))
    for (season in if (meta$season[i] > 1) c("N", "A", "M") else "N") {
      started <- proc.time()[1]
      fit <- tryCatch(
        ets(y, model = paste0(error, trend, season), damped = damped, restrict = FALSE, allow.multiplicative.trend = TRUE),
        error = function(e) NULL)
      if (is.null(fit) || !is.finite(fit$loglik)) next
      form <- paste0("ETS(", error, ",", trend, if (damped) "d" else "", ",", season, ")")
      par <- paste(names(fit$par), signif(fit$par, 10), sep = "=", collapse = ";")
      writeLines(paste(meta$unique_id[i], round(proc.time()[1] - started, 3), "", paste0('"', form, '"'),
                       format(fit$loglik, digits = 12), "", "", "", "", "", length(fit$par), par, "", meta$period[i], sep = ","), out)
    }
  flush(out)
}
close(out)
