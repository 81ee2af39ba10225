// The one door to LAPACK and BLAS: `static inline` wrappers that pass scalars by value and return `info`.
// Character arguments carry a hidden length on some platforms; the LAPACK_* macros supply it.
#ifndef FORESIGHT_CLAPACK_H
#define FORESIGHT_CLAPACK_H

#include <stdint.h>

#if defined(__APPLE__)
#define ACCELERATE_NEW_LAPACK
#include <Accelerate/Accelerate.h>
#define LAPACK_dgeqrf dgeqrf_
#define LAPACK_dgeqp3 dgeqp3_
#define LAPACK_dormqr dormqr_
#define LAPACK_dorgqr dorgqr_
#define LAPACK_dtrtrs dtrtrs_
#define LAPACK_dtrcon dtrcon_
#define LAPACK_dpotrf dpotrf_
#define LAPACK_dgesdd dgesdd_
#define LAPACK_dsyevd dsyevd_
static inline void la_single_thread(void) {}
#else
#include <cblas.h>
#include <lapack.h>
void openblas_set_num_threads(int count);
char *openblas_get_config(void);
// Tasks are the parallelism; threads inside a small factorization only cost.
static inline void la_single_thread(void) { openblas_set_num_threads(1); }
#endif

typedef int32_t la_int;

// QR factorization A = Q R, Householder vectors below the diagonal.
static inline la_int la_dgeqrf(la_int m, la_int n, double *a, la_int lda, double *tau, double *work, la_int lwork) {
  la_int info = 0;
  LAPACK_dgeqrf(&m, &n, a, &lda, tau, work, &lwork, &info);
  return info;
}

// QR factorization with column pivoting A P = Q R.
static inline la_int la_dgeqp3(la_int m, la_int n, double *a, la_int lda, la_int *jpvt, double *tau, double *work,
                               la_int lwork) {
  la_int info = 0;
  LAPACK_dgeqp3(&m, &n, a, &lda, jpvt, tau, work, &lwork, &info);
  return info;
}

// C <- Q C or Qᵀ C from the left, Q by its Householder vectors.
static inline la_int la_dormqr(char trans, la_int m, la_int n, la_int k, double *a, la_int lda, double *tau,
                               double *c, la_int ldc, double *work, la_int lwork) {
  la_int info = 0;
  char side = 'L';
  LAPACK_dormqr(&side, &trans, &m, &n, &k, a, &lda, tau, c, &ldc, work, &lwork, &info);
  return info;
}

// The first n columns of Q.
static inline la_int la_dorgqr(la_int m, la_int n, la_int k, double *a, la_int lda, double *tau, double *work,
                               la_int lwork) {
  la_int info = 0;
  LAPACK_dorgqr(&m, &n, &k, a, &lda, tau, work, &lwork, &info);
  return info;
}

// Triangular solve; info > 0 names an exactly zero diagonal entry.
static inline la_int la_dtrtrs(char uplo, char trans, la_int n, la_int nrhs, double *a, la_int lda, double *b,
                               la_int ldb) {
  la_int info = 0;
  char diag = 'N';
  LAPACK_dtrtrs(&uplo, &trans, &diag, &n, &nrhs, a, &lda, b, &ldb, &info);
  return info;
}

// Reciprocal condition number in the 1-norm of an upper triangle.
static inline la_int la_dtrcon(la_int n, double *a, la_int lda, double *rcond, double *work, la_int *iwork) {
  la_int info = 0;
  char norm = '1', uplo = 'U', diag = 'N';
  LAPACK_dtrcon(&norm, &uplo, &diag, &n, a, &lda, rcond, work, iwork, &info);
  return info;
}

// Cholesky factorization A = L Lᵀ of the lower triangle; info > 0 names the pivot that is not positive.
static inline la_int la_dpotrf(la_int n, double *a, la_int lda) {
  la_int info = 0;
  char uplo = 'L';
  LAPACK_dpotrf(&uplo, &n, a, &lda, &info);
  return info;
}

// C <- C + AᵀB with A of rows × m, B of rows × n, C of m × n, each without gaps.
static inline void la_add_product(la_int rows, la_int m, la_int n, const double *a, const double *b, double *c) {
  cblas_dgemm(CblasColMajor, CblasTrans, CblasNoTrans, m, n, rows, 1.0, a, rows, b, rows, 1.0, c, m);
}

// Thin singular value decomposition A = U diag(s) Vᵀ.
static inline la_int la_dgesdd(la_int m, la_int n, double *a, la_int lda, double *s, double *u, la_int ldu,
                               double *vt, la_int ldvt, double *work, la_int lwork, la_int *iwork) {
  la_int info = 0;
  char jobz = 'S';
  LAPACK_dgesdd(&jobz, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, iwork, &info);
  return info;
}

// Eigenvalues in ascending order and eigenvectors of a symmetric matrix, lower triangle read.
static inline la_int la_dsyevd(la_int n, double *a, la_int lda, double *w, double *work, la_int lwork, la_int *iwork,
                               la_int liwork) {
  la_int info = 0;
  char jobz = 'V', uplo = 'L';
  LAPACK_dsyevd(&jobz, &uplo, &n, a, &lda, w, work, &lwork, iwork, &liwork, &info);
  return info;
}

#endif
