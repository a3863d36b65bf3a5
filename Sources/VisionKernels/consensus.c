#include "VisionKernels.h"

#include <math.h>

enum { SUPPORT_NEAREST = 5, SUPPORT_FARTHEST = 60 };

static int supports(const vk_places *p, int32_t own, int32_t other, float cosine, float sine) {
    const float x = p->from_x[other] - p->from_x[own], y = p->from_y[other] - p->from_y[own];
    const float u = p->to_x[other] - p->to_x[own], v = p->to_y[other] - p->to_y[own];
    const float square = x * x + y * y;
    if (square < SUPPORT_NEAREST * SUPPORT_NEAREST || square > SUPPORT_FARTHEST * SUPPORT_FARTHEST) return 0;
    if (u * u + v * v < 2.5f * 2.5f) return 0;
    const float dx = cosine * x - sine * y - u, dy = sine * x + cosine * y - v;
    const float allowed = 3 + 0.25f * p->growth[own] * sqrtf(square);
    if (dx * dx + dy * dy > allowed * allowed) return 0;
    const float growth = p->growth[other] / p->growth[own];
    // 35 degrees.
    return growth >= 0.5f && growth <= 2 && cosf(p->turn[other] - p->turn[own]) >= 0.819f;
}

void vk_supported(const vk_places *p, uint8_t *supported) {
    for (int32_t own = 0; own < p->count; ++own) {
        supported[own] = 0;
        if (p->growth[own] <= 0.4f || p->growth[own] >= 2.5f) continue;
        const float cosine = p->growth[own] * cosf(p->turn[own]), sine = p->growth[own] * sinf(p->turn[own]);
        for (int32_t other = 0; other < p->count && !supported[own]; ++other)
            supported[own] = other != own && supports(p, own, other, cosine, sine);
    }
}

/// Matches that a map puts within a distance of where they are.
static int32_t agreeing(const vk_places *p, const float m[6], float distance) {
    const float limit = distance * distance;
    int32_t count = 0;
    for (int32_t k = 0; k < p->count; ++k) {
        const float x = m[0] * p->from_x[k] + m[1] * p->from_y[k] + m[2] - p->to_x[k];
        const float y = m[3] * p->from_x[k] + m[4] * p->from_y[k] + m[5] - p->to_y[k];
        count += x * x + y * y <= limit;
    }
    return count;
}

static int agrees(const vk_places *p, const float m[6], float distance, int32_t k) {
    const float x = m[0] * p->from_x[k] + m[1] * p->from_y[k] + m[2] - p->to_x[k];
    const float y = m[3] * p->from_x[k] + m[4] * p->from_y[k] + m[5] - p->to_y[k];
    return x * x + y * y <= distance * distance;
}

/// Moments of the matches that agree with a map, about their means.
typedef struct {
    double count, from_x, from_y, to_x, to_y, xx, xy, yy, xu, xv, yu, yv;
} moments;

static moments moments_of_agreeing(const vk_places *p, const float m[6], float distance) {
    moments s = {0};
    for (int32_t k = 0; k < p->count; ++k) {
        if (!agrees(p, m, distance, k)) continue;
        s.count += 1;
        s.from_x += p->from_x[k], s.from_y += p->from_y[k], s.to_x += p->to_x[k], s.to_y += p->to_y[k];
    }
    if (s.count == 0) return s;
    s.from_x /= s.count, s.from_y /= s.count, s.to_x /= s.count, s.to_y /= s.count;
    for (int32_t k = 0; k < p->count; ++k) {
        if (!agrees(p, m, distance, k)) continue;
        const double x = p->from_x[k] - s.from_x, y = p->from_y[k] - s.from_y;
        const double u = p->to_x[k] - s.to_x, v = p->to_y[k] - s.to_y;
        s.xx += x * x, s.xy += x * y, s.yy += y * y;
        s.xu += x * u, s.xv += x * v, s.yu += y * u, s.yv += y * v;
    }
    return s;
}

static void set_map(float m[6], const moments *s, double xx, double xy, double yx, double yy) {
    m[0] = (float)xx, m[1] = (float)xy, m[2] = (float)(s->to_x - xx * s->from_x - xy * s->from_y);
    m[3] = (float)yx, m[4] = (float)yy, m[5] = (float)(s->to_y - yx * s->from_x - yy * s->from_y);
}

/// Least squares over the matches that agree; keeps the map where they do not determine one.
static void fit_similarity(const vk_places *p, float m[6], float distance) {
    const moments s = moments_of_agreeing(p, m, distance);
    const double size = s.xx + s.yy;
    if (s.count < 2 || size < 1e-3) return;
    const double cosine = (s.xu + s.yv) / size, sine = (s.xv - s.yu) / size;
    set_map(m, &s, cosine, -sine, sine, cosine);
}

static void fit_affine(const vk_places *p, float m[6], float distance) {
    const moments s = moments_of_agreeing(p, m, distance);
    // A little stiffness, so that matches on one line along the body do not tear it across.
    const double xx = s.xx + 1, yy = s.yy + 1, determinant = xx * yy - s.xy * s.xy;
    if (s.count < 5 || determinant < 1) return;
    const double xu = s.xu + m[0], yu = s.yu + m[1], xv = s.xv + m[3], yv = s.yv + m[4];
    set_map(
        m, &s, (xu * yy - yu * s.xy) / determinant, (yu * xx - xu * s.xy) / determinant,
        (xv * yy - yv * s.xy) / determinant, (yv * xx - xv * s.xy) / determinant);
}

static void keep_better(const vk_places *p, const float m[6], float distance, int32_t *best, float map[6]) {
    const int32_t count = agreeing(p, m, distance);
    if (count <= *best) return;
    *best = count;
    for (int32_t k = 0; k < 6; ++k) map[k] = m[k];
}

int32_t vk_similarity(const vk_places *p, float distance, float map[6]) {
    const float shortest = 4 * distance * distance;
    int32_t best = 2;
    for (int32_t i = 0; i < p->count; ++i) {
        const float turn_cosine = cosf(p->turn[i]), turn_sine = sinf(p->turn[i]);
        for (int32_t j = i + 1; j < p->count; ++j) {
            const float x = p->from_x[j] - p->from_x[i], y = p->from_y[j] - p->from_y[i];
            const float u = p->to_x[j] - p->to_x[i], v = p->to_y[j] - p->to_y[i];
            const float square = x * x + y * y;
            if (square < shortest) continue;
            const float cosine = (x * u + y * v) / square, sine = (x * v - y * u) / square;
            const float scale = cosine * cosine + sine * sine;
            if (scale < 0.16f || scale > 6.25f) continue;
            // cos 0.7 = 0.765: the angle between the two changes of direction.
            if (cosine * turn_cosine + sine * turn_sine < 0.765f * sqrtf(scale)) continue;
            const float m[6] = {
                cosine, -sine, p->to_x[i] - cosine * p->from_x[i] + sine * p->from_y[i],
                sine, cosine, p->to_y[i] - sine * p->from_x[i] - cosine * p->from_y[i]};
            keep_better(p, m, distance, &best, map);
        }
    }
    if (best < 3) return 0;
    for (int32_t round = 0; round < 2; ++round) fit_similarity(p, map, 1.2f * distance);
    return agreeing(p, map, 1.2f * distance);
}

int32_t vk_strip_map(const vk_places *p, float distance, float length, float map[6]) {
    int32_t best = 2;
    for (int32_t i = 0; i < p->count; ++i) {
        for (int32_t j = i + 1; j < p->count; ++j) {
            const float x = p->from_x[j] - p->from_x[i];
            if (fabsf(x) < 0.1f * length) continue;
            const float stretch = (p->to_x[j] - p->to_x[i]) / x;
            if (stretch < 0.6f || stretch > 1.67f) continue;
            const float shear = (p->to_y[j] - p->to_y[i] - p->from_y[j] + p->from_y[i]) / x;
            if (fabsf(shear) > 0.25f) continue;
            const float m[6] = {
                stretch, 0, p->to_x[i] - stretch * p->from_x[i],
                shear, 1, p->to_y[i] - p->from_y[i] - shear * p->from_x[i]};
            keep_better(p, m, distance, &best, map);
        }
    }
    if (best < 3) return 0;
    for (int32_t round = 0; round < 2; ++round) fit_affine(p, map, distance);
    return agreeing(p, map, distance);
}
