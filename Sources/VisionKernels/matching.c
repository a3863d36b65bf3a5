#include "VisionKernels.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { FAR = 0x3fffffff, TILE = 4 };

/// The nearest and second-nearest reference of each query, and the nearest query of each reference.
typedef struct {
    int32_t nearest[VK_MOST_FEATURES], distance[VK_MOST_FEATURES], second[VK_MOST_FEATURES];
    int32_t nearest_query[VK_MOST_FEATURES], query_distance[VK_MOST_FEATURES];
} neighbours;

static int32_t smaller(int32_t left, int32_t right) { return left < right ? left : right; }

static int32_t select_matches(
    const neighbours *found, int32_t queries, float ratio, vk_match *matches) {
    const float limit = ratio * ratio;
    int32_t count = 0;
    for (int32_t query = 0; query < queries; ++query) {
        const int32_t reference = found->nearest[query];
        if (reference < 0) continue;
        const float square = (float)found->distance[query], second = (float)found->second[query];
        if (square >= limit * second) continue;
        matches[count++] = (vk_match){
            query, reference, found->second[query] < FAR ? sqrtf(square / second) : 0,
            found->nearest_query[reference] == query};
    }
    return count;
}

void vk_signs(const int8_t *blocks, int32_t count, uint64_t *signs) {
    for (int32_t index = 0; index < count; ++index) {
        const int8_t *bytes = blocks + (ptrdiff_t)(index / VK_LANES) * VK_BLOCK_BYTES + index % VK_LANES * 4;
        uint64_t bits = 0;
        for (int32_t place = 0; place < VK_DIMENSION; ++place)
            bits |= (uint64_t)(bytes[place / 4 * 4 * VK_LANES + place % 4] > 0) << place;
        signs[index] = bits;
    }
}

void vk_keys(const uint64_t *signs, int32_t count, const uint8_t coefficients[16], uint16_t *keys) {
    for (int32_t index = 0; index < count; ++index) {
        uint16_t key = 0;
        for (int32_t bit = 0; bit < 16; ++bit) key |= (uint16_t)((signs[index] >> coefficients[bit] & 1) << bit);
        keys[index] = key;
    }
}

int32_t vk_squared_norms(const int8_t *blocks, int32_t count, int32_t *squares) {
    int32_t largest = 0;
    for (int32_t start = 0; start < count; start += VK_LANES, blocks += VK_BLOCK_BYTES, squares += VK_LANES) {
        int32_t sums[VK_LANES] = {0};
        for (int32_t group = 0; group < VK_BLOCK_BYTES; group += 4 * VK_LANES)
            for (int32_t lane = 0; lane < VK_LANES; ++lane)
                for (int32_t byte = 0; byte < 4; ++byte) {
                    const int32_t value = blocks[group + 4 * lane + byte];
                    sums[lane] += value * value;
                    // -128 alone would not exceed the norm.
                    if (value == INT8_MIN) largest = INT32_MAX;
                }
        for (int32_t lane = 0; lane < VK_LANES; ++lane) {
            squares[lane] = sums[lane];
            largest = largest < sums[lane] ? sums[lane] : largest;
        }
    }
    return largest <= 181 * 181 ? 0 : -1;
}

static int inside(const vk_features *query, int32_t q, const vk_features *reference, int32_t r, const vk_window *window) {
    return abs(query->along[q] - reference->along[r]) <= window->along
        && abs(query->across[q] - reference->across[r]) <= window->across
        && abs(query->octave[q] - reference->octave[r]) <= window->octave;
}

static int32_t product(const int8_t *left, int32_t l, const int8_t *right, int32_t r) {
    left += (l / VK_LANES) * VK_BLOCK_BYTES + (l % VK_LANES) * 4;
    right += (r / VK_LANES) * VK_BLOCK_BYTES + (r % VK_LANES) * 4;
    int32_t sum = 0;
    for (int32_t group = 0; group < VK_BLOCK_BYTES; group += 4 * VK_LANES)
        for (int32_t byte = 0; byte < 4; ++byte) sum += left[group + byte] * right[group + byte];
    return sum;
}

static int32_t matches_plain(
    const vk_features *query, const vk_features *reference, float ratio, const vk_window *window, vk_match *matches) {
    neighbours found;
    const int32_t queries = smaller(query->count, VK_MOST_FEATURES);
    const int32_t references = smaller(reference->count, VK_MOST_FEATURES);
    for (int32_t r = 0; r < references; ++r) found.nearest_query[r] = -1, found.query_distance[r] = FAR;
    for (int32_t q = 0; q < queries; ++q) {
        int32_t nearest = -1, distance = FAR, second = FAR;
        for (int32_t r = 0; r < references; ++r) {
            if (window && !inside(query, q, reference, r, window)) continue;
            const int32_t square = query->squares[q] + reference->squares[r]
                - 2 * product(query->blocks, q, reference->blocks, r);
            if (square < distance) {
                second = distance;
                distance = square;
                nearest = r;
            } else if (square < second) {
                second = square;
            }
            if (square < found.query_distance[r]) found.query_distance[r] = square, found.nearest_query[r] = q;
        }
        found.nearest[q] = nearest, found.distance[q] = distance, found.second[q] = second;
    }
    return select_matches(&found, queries, ratio, matches);
}

#if defined(__x86_64__)

#define AVX2 __attribute__((target("avx2")))

AVX2 static __m256i spread(const int16_t *values) {
    return _mm256_cvtepi16_epi32(_mm_loadu_si128((const __m128i *)values));
}

AVX2 static __m256i beyond(__m256i places, int16_t place, int16_t limit) {
    const __m256i difference = _mm256_abs_epi32(_mm256_sub_epi32(places, _mm256_set1_epi32(place)));
    return _mm256_cmpgt_epi32(difference, _mm256_set1_epi32(limit));
}

/// Which of eight references lie outside the window of a query.
AVX2 static __m256i outside(
    const vk_features *query, int32_t q, __m256i along, __m256i across, __m256i octave, const vk_window *window) {
    return _mm256_or_si256(
        beyond(along, query->along[q], window->along),
        _mm256_or_si256(
            beyond(across, query->across[q], window->across), beyond(octave, query->octave[q], window->octave)));
}

/// The best of a row that is spread over eight lanes; lanes that never saw a reference hold `FAR`.
AVX2 static void reduce_row(
    __m256i distances, __m256i seconds, __m256i indices, int32_t *nearest, int32_t *distance, int32_t *second) {
    int32_t d[VK_LANES], s[VK_LANES], n[VK_LANES];
    _mm256_storeu_si256((__m256i *)d, distances);
    _mm256_storeu_si256((__m256i *)s, seconds);
    _mm256_storeu_si256((__m256i *)n, indices);
    int32_t best = 0;
    for (int32_t lane = 1; lane < VK_LANES; ++lane)
        if (d[lane] < d[best] || (d[lane] == d[best] && n[lane] < n[best])) best = lane;
    int32_t next = s[best];
    for (int32_t lane = 0; lane < VK_LANES; ++lane)
        if (lane != best && d[lane] < next) next = d[lane];
    *nearest = d[best] < FAR ? n[best] : -1;
    *distance = d[best];
    *second = next;
}

AVX2 static int32_t matches_avx2(
    const vk_features *query, const vk_features *reference, float ratio, const vk_window *window, vk_match *matches) {
    neighbours found;
    const int32_t queries = smaller(query->count, VK_MOST_FEATURES);
    const int32_t references = smaller(reference->count, VK_MOST_FEATURES);
    const int32_t blocks = (references + VK_LANES - 1) / VK_LANES;
    const __m256i far = _mm256_set1_epi32(FAR), ones = _mm256_set1_epi16(1);
    for (int32_t r = 0; r < blocks * VK_LANES; ++r) found.nearest_query[r] = -1, found.query_distance[r] = FAR;

    for (int32_t start = 0; start < queries; start += TILE) {
        const int32_t tile = smaller(TILE, queries - start);
        const int8_t *rows[TILE];
        __m256i distance[TILE], second[TILE], index[TILE];
        for (int32_t t = 0; t < TILE; ++t) {
            const int32_t q = start + smaller(t, tile - 1);
            rows[t] = query->blocks + (q / VK_LANES) * VK_BLOCK_BYTES + (q % VK_LANES) * 4;
            distance[t] = second[t] = far;
            index[t] = _mm256_setzero_si256();
        }
        __m256i place = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
        for (int32_t block = 0; block < blocks; ++block, place = _mm256_add_epi32(place, _mm256_set1_epi32(VK_LANES))) {
            const int32_t base = block * VK_LANES;
            const __m256i past = _mm256_cmpgt_epi32(place, _mm256_set1_epi32(references - 1));
            __m256i out[TILE];
            if (window) {
                const __m256i along = spread(reference->along + base), across = spread(reference->across + base);
                const __m256i octave = spread(reference->octave + base);
                __m256i all = far;
                for (int32_t t = 0; t < tile; ++t) {
                    out[t] = _mm256_or_si256(past, outside(query, start + t, along, across, octave, window));
                    all = _mm256_and_si256(all, out[t]);
                }
                if (_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(all, far))) == 0xff) continue;
            } else {
                for (int32_t t = 0; t < tile; ++t) out[t] = past;
            }
            const int8_t *bytes = reference->blocks + (ptrdiff_t)block * VK_BLOCK_BYTES;
            __m256i sum[TILE] = {
                _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
            for (int32_t offset = 0; offset < VK_BLOCK_BYTES; offset += 4 * VK_LANES) {
                const __m256i eight = _mm256_loadu_si256((const __m256i *)(bytes + offset));
                const __m256i magnitude = _mm256_abs_epi8(eight);
                for (int32_t t = 0; t < TILE; ++t) {
                    int32_t four;
                    __builtin_memcpy(&four, rows[t] + offset, sizeof four);
                    const __m256i signedly = _mm256_sign_epi8(_mm256_set1_epi32(four), eight);
                    sum[t] = _mm256_add_epi16(sum[t], _mm256_maddubs_epi16(magnitude, signedly));
                }
            }
            const __m256i squares = _mm256_loadu_si256((const __m256i *)(reference->squares + base));
            __m256i column = _mm256_loadu_si256((const __m256i *)(found.query_distance + base));
            __m256i column_query = _mm256_loadu_si256((const __m256i *)(found.nearest_query + base));
            for (int32_t t = 0; t < tile; ++t) {
                const __m256i dot = _mm256_madd_epi16(sum[t], ones);
                const __m256i norms = _mm256_add_epi32(squares, _mm256_set1_epi32(query->squares[start + t]));
                __m256i square = _mm256_sub_epi32(norms, _mm256_slli_epi32(dot, 1));
                square = _mm256_blendv_epi8(square, far, out[t]);
                const __m256i nearer = _mm256_cmpgt_epi32(distance[t], square);
                second[t] = _mm256_min_epi32(second[t], _mm256_max_epi32(distance[t], square));
                distance[t] = _mm256_min_epi32(distance[t], square);
                index[t] = _mm256_blendv_epi8(index[t], place, nearer);
                const __m256i closer = _mm256_cmpgt_epi32(column, square);
                column = _mm256_min_epi32(column, square);
                column_query = _mm256_blendv_epi8(column_query, _mm256_set1_epi32(start + t), closer);
            }
            _mm256_storeu_si256((__m256i *)(found.query_distance + base), column);
            _mm256_storeu_si256((__m256i *)(found.nearest_query + base), column_query);
        }
        for (int32_t t = 0; t < tile; ++t)
            reduce_row(
                distance[t], second[t], index[t], &found.nearest[start + t], &found.distance[start + t],
                &found.second[start + t]);
    }
    return select_matches(&found, queries, ratio, matches);
}

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))

enum { LANES = 16, WIDE_TILE = 8 };

AVX512 static __m512i spread_wide(const int16_t *values, __mmask16 present) {
    return _mm512_cvtepi16_epi32(_mm256_maskz_loadu_epi16(present, values));
}

AVX512 static __mmask16 within(__m512i places, int16_t place, int16_t limit) {
    const __m512i difference = _mm512_abs_epi32(_mm512_sub_epi32(places, _mm512_set1_epi32(place)));
    return _mm512_cmple_epi32_mask(difference, _mm512_set1_epi32(limit));
}

/// Sums of the bytes of each query: the references' bytes are shifted by 128 to be unsigned, which adds 128 times these.
AVX512 static void byte_sums(const vk_features *query, int32_t queries, int32_t *sums) {
    for (int32_t start = 0; start < queries; start += VK_LANES) {
        const int8_t *bytes = query->blocks + (ptrdiff_t)(start / VK_LANES) * VK_BLOCK_BYTES;
        __m256i sum = _mm256_setzero_si256();
        for (int32_t offset = 0; offset < VK_BLOCK_BYTES; offset += 4 * VK_LANES)
            sum = _mm256_dpbusd_epi32(
                sum, _mm256_set1_epi8(1), _mm256_loadu_si256((const __m256i *)(bytes + offset)));
        _mm256_storeu_si256((__m256i *)(sums + start), sum);
    }
}

/// The best of a row that is spread over sixteen lanes; lanes that never saw a reference hold `FAR`.
AVX512 static void reduce_wide_row(
    __m512i distances, __m512i seconds, __m512i indices, int32_t *nearest, int32_t *distance, int32_t *second) {
    const int32_t least = _mm512_reduce_min_epi32(distances);
    const __mmask16 equal = _mm512_cmpeq_epi32_mask(distances, _mm512_set1_epi32(least));
    const int32_t index = _mm512_mask_reduce_min_epi32(equal, indices);
    const __mmask16 best = _mm512_mask_cmpeq_epi32_mask(equal, indices, _mm512_set1_epi32(index));
    *nearest = least < FAR ? index : -1;
    *distance = least;
    *second = _mm512_reduce_min_epi32(_mm512_mask_mov_epi32(distances, best, seconds));
}

AVX512 static int32_t matches_avx512(
    const vk_features *query, const vk_features *reference, float ratio, const vk_window *window, vk_match *matches) {
    neighbours found;
    int32_t sums[VK_MOST_FEATURES];
    const int32_t queries = smaller(query->count, VK_MOST_FEATURES);
    const int32_t references = smaller(reference->count, VK_MOST_FEATURES);
    const __m512i far = _mm512_set1_epi32(FAR), shift = _mm512_set1_epi8((char)0x80);
    byte_sums(query, queries, sums);
    for (int32_t r = 0; r < references; ++r) found.nearest_query[r] = -1, found.query_distance[r] = FAR;

    for (int32_t start = 0; start < queries; start += WIDE_TILE) {
        const int32_t tile = smaller(WIDE_TILE, queries - start);
        const int8_t *rows[WIDE_TILE];
        __m512i distance[WIDE_TILE], second[WIDE_TILE], index[WIDE_TILE], offset_sum[WIDE_TILE];
        for (int32_t t = 0; t < WIDE_TILE; ++t) {
            const int32_t q = start + smaller(t, tile - 1);
            rows[t] = query->blocks + (q / VK_LANES) * VK_BLOCK_BYTES + (q % VK_LANES) * 4;
            distance[t] = second[t] = far;
            index[t] = _mm512_setzero_si512();
            offset_sum[t] = _mm512_set1_epi32(-128 * sums[q]);
        }
        for (int32_t base = 0; base < references; base += LANES) {
            const int32_t left = references - base;
            const __mmask16 present = left >= LANES ? 0xffff : (__mmask16)((1u << left) - 1);
            __mmask16 in[WIDE_TILE];
            if (window) {
                const __m512i along = spread_wide(reference->along + base, present);
                const __m512i across = spread_wide(reference->across + base, present);
                const __m512i octave = spread_wide(reference->octave + base, present);
                __mmask16 any = 0;
                for (int32_t t = 0; t < tile; ++t) {
                    in[t] = present & within(along, query->along[start + t], window->along)
                        & within(across, query->across[start + t], window->across)
                        & within(octave, query->octave[start + t], window->octave);
                    any |= in[t];
                }
                if (!any) continue;
            } else {
                for (int32_t t = 0; t < tile; ++t) in[t] = present;
            }
            const int8_t *low = reference->blocks + (ptrdiff_t)(base / VK_LANES) * VK_BLOCK_BYTES;
            // A last block without a neighbour is read twice and masked.
            const int8_t *high = left > VK_LANES ? low + VK_BLOCK_BYTES : low;
            __m512i sum[WIDE_TILE];
            for (int32_t t = 0; t < WIDE_TILE; ++t) sum[t] = offset_sum[t];
            for (int32_t offset = 0; offset < VK_BLOCK_BYTES; offset += 4 * VK_LANES) {
                const __m512i sixteen = _mm512_xor_si512(
                    shift,
                    _mm512_inserti64x4(
                        _mm512_castsi256_si512(_mm256_loadu_si256((const __m256i *)(low + offset))),
                        _mm256_loadu_si256((const __m256i *)(high + offset)), 1));
                for (int32_t t = 0; t < WIDE_TILE; ++t) {
                    int32_t four;
                    __builtin_memcpy(&four, rows[t] + offset, sizeof four);
                    sum[t] = _mm512_dpbusd_epi32(sum[t], sixteen, _mm512_set1_epi32(four));
                }
            }
            const __m512i place = _mm512_add_epi32(
                _mm512_set1_epi32(base), _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
            const __m512i squares = _mm512_maskz_loadu_epi32(present, reference->squares + base);
            __m512i column = _mm512_maskz_loadu_epi32(present, found.query_distance + base);
            __m512i column_query = _mm512_maskz_loadu_epi32(present, found.nearest_query + base);
            for (int32_t t = 0; t < tile; ++t) {
                const __m512i norms = _mm512_add_epi32(squares, _mm512_set1_epi32(query->squares[start + t]));
                const __m512i square =
                    _mm512_mask_sub_epi32(far, in[t], norms, _mm512_slli_epi32(sum[t], 1));
                const __mmask16 nearer = _mm512_cmplt_epi32_mask(square, distance[t]);
                second[t] = _mm512_min_epi32(second[t], _mm512_max_epi32(distance[t], square));
                distance[t] = _mm512_min_epi32(distance[t], square);
                index[t] = _mm512_mask_mov_epi32(index[t], nearer, place);
                const __mmask16 closer = _mm512_cmplt_epi32_mask(square, column);
                column = _mm512_min_epi32(column, square);
                column_query = _mm512_mask_mov_epi32(column_query, closer, _mm512_set1_epi32(start + t));
            }
            _mm512_mask_storeu_epi32(found.query_distance + base, present, column);
            _mm512_mask_storeu_epi32(found.nearest_query + base, present, column_query);
        }
        for (int32_t t = 0; t < tile; ++t)
            reduce_wide_row(
                distance[t], second[t], index[t], &found.nearest[start + t], &found.distance[start + t],
                &found.second[start + t]);
    }
    return select_matches(&found, queries, ratio, matches);
}

static int runs(vk_variant variant) {
    switch (variant) {
    case VK_PLAIN: return 1;
    case VK_AVX2: return __builtin_cpu_supports("avx2");
    case VK_AVX512:
        return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
            && __builtin_cpu_supports("avx512vnni");
    }
    return 0;
}

#else

static int runs(vk_variant variant) { return variant == VK_PLAIN; }

#endif

vk_variant vk_fastest(void) { return runs(VK_AVX512) ? VK_AVX512 : runs(VK_AVX2) ? VK_AVX2 : VK_PLAIN; }

int32_t vk_matches(
    vk_variant variant, const vk_features *query, const vk_features *reference, float ratio, const vk_window *window,
    vk_match *matches) {
    if (!runs(variant)) return -1;
#if defined(__x86_64__)
    if (variant == VK_AVX512) return matches_avx512(query, reference, ratio, window, matches);
    if (variant == VK_AVX2) return matches_avx2(query, reference, ratio, window, matches);
#endif
    return matches_plain(query, reference, ratio, window, matches);
}
