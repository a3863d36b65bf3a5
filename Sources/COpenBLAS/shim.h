#include <cblas.h>
#include <stddef.h>

/* LAPACK is in the library under its Fortran names, without a header of its own. The last argument is the length of the
   first, as Fortran compilers pass it. */
void dposv_(const char *uplo, const int *n, const int *nrhs, double *a, const int *lda, double *b, const int *ldb,
            int *info, size_t uplo_length);

/* Solves A X = B for a symmetric positive definite A (n × n) by Cholesky's factors, which replace A; X replaces B, whose
   nrhs right sides of n numbers lie one after another. Returns 0, or LAPACK's info where A is not positive definite. */
static inline int lapack_solve_positive_definite(int n, int nrhs, double *a, double *b) {
    int info = 0;
    dposv_("L", &n, &nrhs, a, &n, b, &n, &info, 1);
    return info;
}
