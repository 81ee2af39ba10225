# Forecasts of R's automatic models, each with its defaults, over the test part of every n-th series of a competition,
# for `Competitions accuracy`: a file OUT/R-MODEL.csv of unique_id, h, mean, lo80, hi80, lo95, hi95 for each model named.
#
#   Rscript forecasts.R DIRECTORY NAME STRIDE CORES OUT auto.arima ets thetaf      (R 4.2.2, forecast 8.20)
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
meta <- read.csv(file.path(arguments[1], paste0(arguments[2], "_meta.csv")))
data <- read.csv(file.path(arguments[1], paste0(arguments[2], ".csv")))
values <- with(data[data$split == "train", ], split(y, unique_id))
chosen <- seq(1, nrow(meta), by = as.integer(arguments[3]))
models <- list(
  auto.arima = function(y, ...) forecast(auto.arima(y), ...),
  ets = function(y, ...) forecast(ets(y), ...),
  thetaf = thetaf)

rows <- function(model, i) {
  y <- ts(values[[meta$unique_id[i]]], frequency = meta$season[i])
  f <- model(y, h = meta$horizon[i], level = c(80, 95))
  figures <- cbind(f$mean, f$lower[, 1], f$upper[, 1], f$lower[, 2], f$upper[, 2])
  text <- apply(figures, 1, function(row) paste(formatC(row, digits = 7, format = "g", width = 1), collapse = ","))
  paste(meta$unique_id[i], seq_along(text), text, sep = ",")
}

for (name in tail(arguments, -5)) {
  # Scattered over the processes, since series of one kind stand together; a series that fails stops the run.
  set.seed(1)
  shuffled <- sample(chosen)
  lines <- parallel::mclapply(shuffled, function(i) try(rows(models[[name]], i)), mc.cores = as.integer(arguments[4]))
  failed <- vapply(lines, inherits, TRUE, "try-error")
  if (any(failed)) stop(paste(name, meta$unique_id[shuffled[failed]], unlist(lines[failed])))
  file <- file.path(arguments[5], paste0("R-", name, ".csv"))
  writeLines(c("unique_id,h,mean,lo80,hi80,lo95,hi95", unlist(lines[order(shuffled)])), file)
}
