# Linear regressions by R, written to regression.json beside this script: Rscript regression.R
# lm, MASS::rlm, quantreg::rq, nlme::gls, sandwich and lmtest with their tolerances tightened to 1e-12 or below.
suppressMessages({library(MASS); library(quantreg); library(nlme); library(sandwich); library(lmtest); library(jsonlite)})
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
num <- function(x) unname(as.numeric(x))
outcome <- function(t) list(statistic = num(t$statistic), pValue = num(t$p.value))

ordinary <- function(fit, h = NULL) {
  s <- summary(fit); n <- length(fitted(fit)); k <- fit$rank + 1
  list(coefficients = num(coef(fit)), standardErrors = num(s$coefficients[, 2]), statistics = num(s$coefficients[, 3]),
    pValues = num(s$coefficients[, 4]), sigma = s$sigma, rSquared = s$r.squared, adjustedRSquared = s$adj.r.squared,
    f = num(s$fstatistic[1]), fP = num(pf(s$fstatistic[1], s$fstatistic[2], s$fstatistic[3], lower.tail = FALSE)),
    logLikelihood = num(logLik(fit)), aic = AIC(fit), aicc = AIC(fit) + 2 * k * (k + 1) / (n - k - 1), bic = BIC(fit),
    durbinWatson = num(dwtest(fit)$statistic), breuschPagan = outcome(bptest(fit)),
    shapiroWilk = outcome(shapiro.test(residuals(fit))),
    hc = lapply(c("HC0", "HC1", "HC2", "HC3"), function(t) num(sqrt(diag(vcovHC(fit, type = t))))),
    neweyWest = lapply(c(0, 1, 4), function(l) num(sqrt(diag(NeweyWest(fit, lag = l, prewhite = FALSE))))),
    automaticLag = floor(bwNeweyWest(fit, prewhite = 0)),
    neweyWestAutomatic = num(sqrt(diag(NeweyWest(fit, prewhite = FALSE)))))
}
# psi' at the last step: summary.rlm's covariance.
robust <- function(f, data, psi, ...) {
  fit <- rlm(f, data, psi = psi, acc = 1e-15, maxit = 5000, ...)
  s <- summary(fit)
  list(coefficients = num(coef(fit)), scale = fit$s, standardErrors = num(s$coefficients[, 2]))
}
quantiles <- function(f, data) lapply(c(0.1, 0.25, 0.5, 0.75, 0.9), function(tau) {
  fit <- suppressWarnings(rq(f, tau, data))
  se <- tryCatch(suppressWarnings(num(summary(fit, se = "nid")$coefficients[, 2])), error = function(e) NULL)
  list(tau = tau, objective = fit$rho, coefficients = num(coef(fit)), standardErrors = se,
    logLikelihood = num(logLik(fit)), aic = AIC(fit))
})
# gls at its own optimum, then the profile likelihood's maximum to full precision by a finer search.
profileGLS <- function(X, y) {
  n <- length(y)
  at <- function(r) {
    w <- function(z) { z <- as.matrix(z); rbind(z[1, ], (z[-1, , drop = FALSE] - r * z[-n, , drop = FALSE]) / sqrt(1 - r^2)) }
    q <- lm.fit(w(X), drop(w(y)), tol = 1e-14); rss <- sum(q$residuals^2)
    list(ll = -n / 2 * (log(2 * pi * rss / n) + 1) - (n - 1) / 2 * log(1 - r^2), q = q, rss = rss)
  }
  score <- function(r) { # exact: the envelope theorem
    b <- at(r)$q$coefficients; e <- drop(y - X %*% b); u <- e[-1] - r * e[-n]
    rss <- e[1]^2 + sum(u^2) / (1 - r^2)
    d <- -2 * sum(u * e[-n]) / (1 - r^2) + 2 * r * sum(u^2) / (1 - r^2)^2
    -n / 2 * d / rss + (n - 1) * r / (1 - r^2)
  }
  o <- optimize(function(r) at(r)$ll, c(-0.99, 0.99), maximum = TRUE, tol = 1e-6)$maximum
  r <- uniroot(score, c(max(o - 1e-3, -0.999), min(o + 1e-3, 0.9999)), tol = 1e-16)$root
  a <- at(r); p <- ncol(X); V <- chol2inv(a$q$qr$qr[1:p, 1:p, drop = FALSE])
  list(rho = r, logLikelihood = a$ll, coefficients = num(a$q$coefficients), sigma = sqrt(a$rss / (n - p)),
    standardErrors = num(sqrt(diag(V) * a$rss / (n - p))))
}
gls1 <- function(f, data) {
  fit <- gls(f, data, correlation = corAR1(), method = "ML",
    control = glsControl(tolerance = 1e-14, msTol = 1e-16, maxIter = 500, msMaxIter = 500, returnObject = TRUE))
  s <- summary(fit)
  mf <- model.frame(f, data); X <- model.matrix(f, mf); y <- model.response(mf)
  list(gls = list(rho = num(coef(fit$modelStruct$corStruct, unconstrained = FALSE)), logLikelihood = num(logLik(fit)),
      coefficients = num(coef(fit)), standardErrors = num(s$tTable[, 2]), aic = AIC(fit), bic = BIC(fit)),
    exact = profileGLS(X, y))
}
cochrane <- function(X, y, keep) {
  n <- length(y); r <- 0; b <- lm.fit(X, y, tol = 1e-14)$coefficients
  for (i in 1:5000) {
    e <- drop(y - X %*% b); new <- sum(e[-1] * e[-n]) / sum(e[-n]^2)
    Xs <- X[-1, , drop = FALSE] - new * X[-n, , drop = FALSE]; ys <- y[-1] - new * y[-n]
    if (keep) { Xs <- rbind(sqrt(1 - new^2) * X[1, ], Xs); ys <- c(sqrt(1 - new^2) * y[1], ys) }
    q <- lm.fit(Xs, ys, tol = 1e-14); b <- q$coefficients; done <- abs(new - r) < 1e-15; r <- new
    if (done) break
  }
  p <- ncol(X); V <- chol2inv(q$qr$qr[1:p, 1:p, drop = FALSE]); s2 <- sum(q$residuals^2) / (length(ys) - p)
  list(rho = r, coefficients = num(b), standardErrors = num(sqrt(diag(V) * s2)))
}
predicted <- function(fit, new) { p <- predict(fit, new, interval = "prediction", level = 0.9)
  list(mean = num(p[, 1]), lower = num(p[, 2]), upper = num(p[, 3])) }
monthly <- function(y, start, end) { n <- length(y); t <- 0:(n - 1); m <- factor((start - 1 + t) %% 12 + 1, levels = 1:12)
  data.frame(y = y, t = t, m = m) }

air <- as.numeric(AirPassengers); a <- monthly(log(air), 1); nw <- function(h) data.frame(
  t = 144:(143 + h), m = factor((144:(143 + h)) %% 12 + 1, levels = 1:12))
airFit <- lm(y ~ t + m, a)
lake <- data.frame(y = as.numeric(LakeHuron), t = 0:97)
nile <- data.frame(y = as.numeric(Nile), t = 0:99); nile$step <- as.numeric(nile$t >= 28)
external <- function(name, f, data, yname) {
  fit <- lm(f, data); X <- model.matrix(fit)[, -1, drop = FALSE]
  list(name = name, y = num(model.response(model.frame(fit))), variables = as.list(colnames(X)), x = unname(as.list(as.data.frame(X))),
    ordinary = ordinary(fit), huber = robust(f, data, psi.huber), tukey = robust(f, data, psi.bisquare),
    quantiles = quantiles(f, data))
}
w <- c(1, 2, 1, 3, 1, 1, 2, 1, 4, 1, 1, 2, 1, 1, 2, 1, 1, 1, 3, 1, 1)
weighted <- lm(stack.loss ~ ., stackloss, weights = w)
ws <- summary(weighted)
wr <- rlm(as.matrix(cbind(1, stackloss[, 1:3])), stackloss$stack.loss, weights = w, acc = 1e-15, maxit = 5000)
wrs <- summary(wr)
out <- list(
  versions = list(R = R.version.string, MASS = as.character(packageVersion("MASS")), quantreg = as.character(packageVersion("quantreg")),
    nlme = as.character(packageVersion("nlme")), sandwich = as.character(packageVersion("sandwich")), lmtest = as.character(packageVersion("lmtest"))),
  external = list(external("stackloss", stack.loss ~ ., stackloss), external("cars", dist ~ speed, cars),
    external("longley", Employed ~ ., longley)),
  air = list(y = air, ordinary = ordinary(airFit), predicted = predicted(airFit, nw(24)), gls = gls1(y ~ t + m, a)),
  lake = list(y = lake$y, ordinary = ordinary(lm(y ~ t, lake)), gls = gls1(y ~ t, lake),
    cochraneOrcutt = cochrane(cbind(1, lake$t), lake$y, FALSE), praisWinsten = cochrane(cbind(1, lake$t), lake$y, TRUE)),
  nile = list(y = nile$y, ordinary = ordinary(lm(y ~ t + step, nile)), gls = gls1(y ~ t + step, nile),
    huber = robust(y ~ t + step, nile, psi.huber), tukey = robust(y ~ t + step, nile, psi.bisquare),
    quantiles = quantiles(y ~ t + step, nile)),
  weighted = list(w = w, y = num(stackloss$stack.loss), x = unname(as.list(stackloss[, 1:3])), coefficients = num(coef(weighted)),
    standardErrors = num(ws$coefficients[, 2]), sigma = ws$sigma, rSquared = ws$r.squared, adjustedRSquared = ws$adj.r.squared,
    f = num(ws$fstatistic[1]), logLikelihood = num(logLik(weighted)), aic = AIC(weighted),
    hc3 = num(sqrt(diag(vcovHC(weighted, type = "HC3")))), neweyWest = num(sqrt(diag(NeweyWest(weighted, lag = 2, prewhite = FALSE)))),
    huber = list(coefficients = num(coef(wr)), scale = wr$s, standardErrors = num(wrs$coefficients[, 2]))),
  aliased = { d <- data.frame(y = cars$dist[1:12], t = 0:11, s = as.numeric(0:11 >= 5)); d$u <- 2 * d$t - d$s
    list(y = d$y, u = d$u, coefficients = coef(lm(y ~ t + s + u, d))) }
)
writeLines(toJSON(out, digits = NA, auto_unbox = TRUE, null = "null", na = "null", pretty = TRUE), file.path(here, "regression.json"))
