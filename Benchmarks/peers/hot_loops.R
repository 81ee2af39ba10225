# Times R on the data that PeerRun wrote, and saves the results next to it.
# usage: Rscript hot_loops.R FOLDER COUNT
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
count <- as.integer(arguments[2])
length_ <- 60L
columns <- 4L
times <- 0:(length_ - 1)
rows <- list()

read <- function(name, n) readBin(file.path(folder, paste0(name, ".f64")), "double", n, 8, endian = "little")

# The fastest of three windows, in CPU-seconds; `body` gives a matrix with a column of coefficients a fit.
timed <- function(loop, peer, fits, body) {
  best <- Inf
  for (window in 1:3) {
    begun <- proc.time()
    coefficients <- body()
    best <- min(best, sum((proc.time() - begun)[c("user.self", "sys.self")]))
  }
  file <- paste0(gsub(" ", "-", paste0(loop, "--", peer)), ".f64")
  writeBin(as.vector(coefficients), file.path(folder, file), 8, endian = "little")
  rows[[length(rows) + 1]] <<- sprintf(
    '{"loop":"%s","peer":"%s","fits":%d,"secondsOfCPU":%.9g,"coefficients":"%s"}', loop, peer, fits, best, file)
}

sample_ <- min(count, 2000L)
additive <- matrix(read("additive", length_ * sample_), length_)
multiplicative <- matrix(read("multiplicative", length_ * count), length_)
design <- cbind(1, times)

starts <- sapply(seq_len(sample_), function(i) {
  line <- .lm.fit(design, log(pmax(additive[, i], 1e-3)))$coefficients
  c(exp(line[1]), line[2])
})
timed("exponential-nonlinear", "R nls", sample_, function() {
  sapply(seq_len(sample_), function(i) {
    y <- additive[, i]
    coef(nls(y ~ a * exp(b * times), start = list(a = starts[1, i], b = starts[2, i]),
             control = nls.control(tol = 1e-7, minFactor = 1e-10, maxiter = 100, warnOnly = TRUE)))
  })
})

timed("exponential-log-linear", "R lm.fit all at once", count, function() {
  lm.fit(design, log(multiplicative))$coefficients
})
timed("exponential-log-linear", "R lm", sample_, function() {
  sapply(seq_len(sample_), function(i) coef(lm(log(multiplicative[, i]) ~ times)))
})

some <- min(count, 20000L)
designs <- array(read("designs", length_ * columns * some), c(length_, columns, some))
responses <- matrix(read("responses", length_ * some), length_)
shared <- matrix(read("shared-responses", length_ * count), length_)
timed("least-squares", "R .lm.fit", some, function() {
  sapply(seq_len(some), function(i) .lm.fit(designs[, , i], responses[, i])$coefficients)
})
timed("least-squares", "R lm", sample_, function() {
  sapply(seq_len(sample_), function(i) coef(lm(responses[, i] ~ designs[, -1, i])))
})
timed("least-squares-shared", "R lm.fit all at once", count, function() {
  lm.fit(designs[, , 1], shared)$coefficients
})

writeLines(sprintf('{"rows":[%s],"versions":{"R":"%s","blas":"%s"}}', paste(rows, collapse = ","),
                   getRversion(), basename(extSoftVersion()[["BLAS"]])), file.path(folder, "r.json"))
