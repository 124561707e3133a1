/* Rank acceptabilities, central weights and pairs in one pass over given weights: the yardstick of a compiled kernel.
   Sorts each sample by insertion from the order of the one before, which is the fastest way for similar samples. */
#include <stddef.h>

void fused(const double *values, const double *weights, ptrdiff_t samples, ptrdiff_t n, ptrdiff_t m,
           double *totals, ptrdiff_t *order, long *places, long *wins, double *sums, double *squares) {
    for (ptrdiff_t i = 0; i < n; i++) order[i] = i;
    for (ptrdiff_t s = 0; s < samples; s++) {
        const double *w = weights + s * m;
        for (ptrdiff_t i = 0; i < n; i++) {
            double total = 0;
            for (ptrdiff_t j = 0; j < m; j++) total += values[i * m + j] * w[j];
            totals[i] = total;
        }
        for (ptrdiff_t a = 1; a < n; a++) {
            ptrdiff_t one = order[a], b = a;
            while (b > 0 && totals[order[b - 1]] < totals[one]) { order[b] = order[b - 1]; b--; }
            order[b] = one;
        }
        for (ptrdiff_t a = 0; a < n; a++) {
            places[order[a] * n + a]++;
            for (ptrdiff_t b = a + 1; b < n; b++) wins[order[a] * n + order[b]]++;
        }
        for (ptrdiff_t j = 0; j < m; j++) {
            sums[order[0] * m + j] += w[j];
            squares[order[0] * m + j] += w[j] * w[j];
        }
    }
}
