# Reference figures for the growth models and baselines. Run: Rscript growth.R > growth.json
# Tolerances of the peers are tightened to 1e-12 or the limit of their arithmetic.
suppressMessages({library(jsonlite); library(forecast)})
set.seed(20221130)
fine <- nls.control(tol = 1e-12, maxiter = 2000, minFactor = 1e-14, warnOnly = TRUE)
versions <- list(R = R.version.string, forecast = as.character(packageVersion("forecast")))

# Exact gradients: nls would difference numerically and lose half the digits of the standard errors.
growth <- deriv(~ exp(a + b * t), c("a", "b"), function(a, b, t) NULL)
richards <- deriv(~ K * (1 + v * exp(-r * (t - x)))^(-1 / v), c("K", "v", "r", "x"), function(K, v, r, x, t) NULL)
bass <- deriv(~ m * ((1 - exp(-(p + q) * (t + 1))) / (1 + q / p * exp(-(p + q) * (t + 1))) -
  (1 - exp(-(p + q) * t)) / (1 + q / p * exp(-(p + q) * t))), c("m", "p", "q"), function(m, p, q, t) NULL)

# glm takes its standard errors from the weights before the last step: started at its own answer they are exact.
counting <- function(formula, data) {
  control <- glm.control(epsilon = 1e-14, maxit = 200)
  first <- glm(formula, family = quasipoisson(link = "log"), data = data, control = control)
  glm(formula, family = quasipoisson(link = "log"), data = data, start = coef(first), control = control)
}

exponential <- function(name, y, source) {
  t <- seq_along(y) - 1
  n <- length(y)
  line <- lm(log(y) ~ t)
  s <- summary(line)
  ahead <- data.frame(t = n + 0:11)
  band <- predict(line, ahead, interval = "prediction", level = 0.9)
  curve <- suppressWarnings(nls(y ~ growth(a, b, t), start = list(a = coef(line)[[1]], b = coef(line)[[2]]), control = fine))
  cs <- summary(curve)$coefficients
  quasi <- counting(y ~ t, data.frame(y, t))
  qs <- summary(quasi)
  list(name = name, source = source, y = y,
    multiplicative = list(coefficients = unname(coef(line)), standardErrors = unname(s$coefficients[, 2]),
      statistics = unname(s$coefficients[, 3]), pValues = unname(s$coefficients[, 4]), sigma = s$sigma,
      rSquared = s$r.squared, adjustedRSquared = s$adj.r.squared,
      logLikelihood = as.numeric(logLik(line)) - sum(log(y)),
      aic = AIC(line) + 2 * sum(log(y)), bic = BIC(line) + 2 * sum(log(y)),
      rateInterval = unname(confint(line)[2, ]),
      median = unname(exp(band[, 1])), lower90 = unname(exp(band[, 2])), upper90 = unname(exp(band[, 3]))),
    additive = list(coefficients = unname(cs[, 1]), standardErrors = unname(cs[, 2]), sigma = summary(curve)$sigma,
      statistics = unname(cs[, 3]), pValues = unname(cs[, 4]),
      logLikelihood = as.numeric(logLik(curve)), aic = AIC(curve), bic = BIC(curve)),
    poisson = list(coefficients = unname(coef(quasi)), standardErrors = unname(qs$coefficients[, 2]),
      statistics = unname(qs$coefficients[, 3]), pValues = unname(qs$coefficients[, 4]),
      dispersion = qs$dispersion, deviance = deviance(quasi)))
}

saturating <- function(name, y, form, start, source) {
  t <- seq_along(y) - 1
  environment(form) <- environment()
  fit <- suppressWarnings(nls(form, start = start, control = fine))
  s <- summary(fit)
  list(name = name, source = source, y = y, parameters = as.list(coef(fit)),
    standardErrors = as.list(s$coefficients[, 2]), sigma = s$sigma, rss = deviance(fit),
    logLikelihood = as.numeric(logLik(fit)), aic = AIC(fit))
}

# Curves in the parameters of the library, over spans (sum of single periods, weight 1/|S|) or on logarithms.
sigmoid <- deriv(~ K / (1 + exp(-r * (t - x))), c("K", "r", "x"), function(K, r, x, t) NULL)
gompertzCurve <- deriv(~ K * exp(-exp(-r * (t - x))), c("K", "r", "x"), function(K, r, x, t) NULL)
logSigmoid <- deriv(~ log(K) - log(1 + exp(-r * (t - x))), c("K", "r", "x"), function(K, r, x, t) NULL)
richardsLogs <- deriv(~ log(K) - log(1 + v * exp(-r * (t - x))) / v, c("K", "v", "r", "x"), function(K, v, r, x, t) NULL)
overSpans <- function(curve, K, r, x, first, count) {
  value <- numeric(length(first)); gradient <- matrix(0, length(first), 3)
  for (i in seq_along(first)) {
    part <- curve(K, r, x, first[i] + seq_len(count[i]) - 1)
    value[i] <- sum(part); gradient[i, ] <- colSums(attr(part, "gradient"))
  }
  attr(value, "gradient") <- gradient
  value
}
spanned <- function(name, curve, truth, noise) {
  count <- c(2, 1, 1, 3, 1, 2, 1, 1, 1, 4, 1, 2, 1, 1, 1, 2, 1, 3, 1, 1)
  first <- cumsum(c(0, count[-length(count)]))
  y <- round(as.numeric(overSpans(curve, truth$K, truth$r, truth$x, first, count)) +
    sqrt(count) * rnorm(length(count), 0, noise), 4)
  fit <- suppressWarnings(nls(y ~ overSpans(curve, K, r, x, first, count), start = truth, weights = 1 / count, control = fine))
  s <- summary(fit)
  list(name = name, y = y, count = count, parameters = as.list(coef(fit)),
    standardErrors = as.list(s$coefficients[, 2]), sigma = s$sigma, rss = deviance(fit),
    logLikelihood = as.numeric(logLik(fit)), aic = AIC(fit))
}
onLogs <- function(name, y, form, start) {
  t <- seq_along(y) - 1
  environment(form) <- environment()
  fit <- suppressWarnings(nls(form, start = start, control = fine))
  s <- summary(fit)
  list(name = name, y = y, parameters = as.list(coef(fit)), standardErrors = as.list(s$coefficients[, 2]),
    sigma = s$sigma, rss = deviance(fit), logLikelihood = as.numeric(logLik(fit)) - sum(log(y)),
    aic = AIC(fit) + 2 * sum(log(y)))
}

trade <- c(69.525, 84.07, 107.06, 110.75, 107.76, 146.887, 190.271, 240.11, 244.819, 228.105)
monthly <- round(12 * exp(0.011 * (0:59)) * exp(rnorm(60, 0, 0.06)), 4)
counts <- rpois(40, 8 * exp(0.045 * (0:39)))
counts[1] <- 0
t <- 0:24
logisticY <- round(120 / (1 + exp(-(t - 11) / 2.6)) + rnorm(25, 0, 2), 4)
gompertzY <- round(90 * exp(-4.5 * 0.83^t) + rnorm(25, 0, 1), 4)
richardsY <- round(100 * (1 + 2.2 * exp(-0.45 * (t - 10)))^(-1 / 2.2) + rnorm(25, 0, 0.5), 4)
adoption <- function(p, q, x) (1 - exp(-(p + q) * x)) / (1 + q / p * exp(-(p + q) * x))
bassY <- round(500 * (adoption(0.02, 0.35, t + 1) - adoption(0.02, 0.35, t)) + rnorm(25, 0, 1), 4)

positive <- counts; positive[positive == 0] <- 1
walk <- cumsum(c(50, rnorm(47, 0.4, 2)))
seasonal <- ts(rep(c(10, 14, 19, 12), 8) + cumsum(rnorm(32, 0.2, 1)), frequency = 4)

base <- function(f, level = 90) list(mean = as.numeric(f$mean), lower90 = as.numeric(f$lower), upper90 = as.numeric(f$upper))
# Drawn last, so that the figures above keep their numbers.
logisticLogs <- round(120 / (1 + exp(-(t - 11) / 2.6)) * exp(rnorm(25, 0, 0.05)), 5)
richardsLogsY <- round(100 * (1 + 2.2 * exp(-0.45 * (t - 10)))^(-1 / 2.2) * exp(rnorm(25, 0, 0.01)), 5)

drift <- rwf(walk, drift = TRUE, h = 8, level = 90)
out <- list(versions = versions,
  exponential = list(
    exponential("trade", trade, "China-Russia trade by year, USD bn, GACC through agencies"),
    exponential("monthly", monthly, "simulated, set.seed(20221130)"),
    exponential("counts", positive, "simulated Poisson, zero replaced by one")),
  zeroCounts = local({
    k <- seq_along(counts) - 1
    g <- counting(counts ~ k, data.frame(counts, k))
    q <- summary(g)
    list(y = counts, coefficients = unname(coef(g)), standardErrors = unname(q$coefficients[, 2]),
      dispersion = q$dispersion, deviance = deviance(g))
  }),
  saturating = list(
    logistic = saturating("logistic", logisticY, y ~ SSlogis(t, Asym, xmid, scal),
      list(Asym = 120, xmid = 11, scal = 2.6), "simulated"),
    uspop = saturating("logistic", as.numeric(uspop), y ~ SSlogis(t, Asym, xmid, scal),
      list(Asym = 400, xmid = 18, scal = 5), "datasets::uspop, US census 1790-1970, millions"),
    gompertz = saturating("gompertz", gompertzY, y ~ SSgompertz(t, Asym, b2, b3),
      list(Asym = 90, b2 = 4.5, b3 = 0.83), "simulated"),
    richards = saturating("richards", richardsY, y ~ richards(K, v, r, x, t),
      list(K = 100, v = 2.2, r = 0.45, x = 10), "simulated"),
    bass = saturating("bass", bassY,
      y ~ bass(m, p, q, t),
      list(m = 500, p = 0.02, q = 0.35), "simulated"),
    gompertzByRate = saturating("gompertz", gompertzY, y ~ gompertzCurve(K, r, x, t),
      list(K = 90, r = 0.18, x = 8), "simulated"),
    logisticLogs = onLogs("logistic", logisticLogs, log(y) ~ logSigmoid(K, r, x, t), list(K = 120, r = 0.4, x = 11)),
    richardsLogs = onLogs("richards", richardsLogsY, log(y) ~ richardsLogs(K, v, r, x, t),
      list(K = 100, v = 2.2, r = 0.45, x = 10))),
  spans = list(
    logistic = spanned("logistic", sigmoid, list(K = 50, r = 0.3, x = 12), 0.8),
    gompertz = spanned("gompertz", gompertzCurve, list(K = 70, r = 0.15, x = 9), 0.8)),
  baselines = list(
    walk = walk, seasonal = as.numeric(seasonal),
    naive = c(base(naive(walk, h = 8, level = 90)), list(sigma = sqrt(mean(diff(walk)^2)))),
    drift = c(base(drift), list(drift = unname(drift$model$par$drift), driftSE = drift$model$par$drift.se,
      sigma = sd(diff(walk)))),
    seasonalNaive = c(base(snaive(seasonal, h = 8, level = 90)), list(sigma = sqrt(mean(diff(seasonal, 4)^2)))),
    mean = base(meanf(walk, h = 8, level = 90))))
cat(toJSON(out, digits = I(17), auto_unbox = TRUE, pretty = TRUE), "\n")
