#include "VisionKernels.h"

#include <math.h>
#include <stddef.h>

static void blur(const float *source, float *target, int32_t width, int32_t height, int along_rows) {
    const ptrdiff_t step = along_rows ? VK_CHANNELS : (ptrdiff_t)VK_CHANNELS * width;
    for (int32_t y = 0; y < height; y++) {
        for (int32_t x = 0; x < width; x++) {
            const int before = along_rows ? x > 0 : y > 0;
            const int after = along_rows ? x < width - 1 : y < height - 1;
            const float *from = source + ((ptrdiff_t)y * width + x) * VK_CHANNELS;
            float *to = target + (from - source);
            for (int channel = 0; channel < VK_CHANNELS; channel++) {
                const float one = before ? from[channel - step] : from[channel];
                const float other = after ? from[channel + step] : from[channel];
                to[channel] = (one + 2 * from[channel] + other) / 4;
            }
        }
    }
}

void vk_orientation_maps(
    const uint8_t *rgb, const uint8_t *luma, int32_t width, int32_t height, float *maps, float *scratch) {
    for (int32_t y = 0; y < height; y++) {
        for (int32_t x = 0; x < width; x++) {
            const ptrdiff_t index = (ptrdiff_t)y * width + x;
            const float left = luma[x > 0 ? index - 1 : index];
            const float right = luma[x < width - 1 ? index + 1 : index];
            const float above = luma[y > 0 ? index - width : index];
            const float below = luma[y < height - 1 ? index + width : index];
            const float dx = right - left, dy = below - above;
            const float strength = sqrtf(dx * dx + dy * dy);
            const float place = (atan2f(dy, dx) / (float)M_PI + 1) * VK_BINS;
            const int low = (int)place;
            const float part = place - (float)low;
            float *pixel = maps + index * VK_CHANNELS;
            for (int bin = 0; bin < VK_BINS; bin++) pixel[bin] = 0;
            pixel[low % VK_BINS] += strength * (1 - part);
            pixel[(low + 1) % VK_BINS] += strength * part;
            for (int colour = 0; colour < 3; colour++) pixel[VK_BINS + colour] = rgb[3 * index + colour];
        }
    }
    for (int times = 0; times < 2; times++) {
        blur(maps, scratch, width, height, 1);
        blur(scratch, maps, width, height, 0);
    }
}

// The values between four pixels; 0 beside the picture.
static void sample(const vk_orientation_level *level, double x, double y, double found[VK_CHANNELS]) {
    const int32_t width = level->width, height = level->height;
    // Written so that a place that is no number lies beside the picture.
    if (!(x > -0.5 && y > -0.5 && x < width - 0.5 && y < height - 0.5)) {
        for (int channel = 0; channel < VK_CHANNELS; channel++) found[channel] = 0;
        return;
    }
    const int32_t left = (int32_t)fmin(fmax(0, trunc(x)), fmax(0, width - 2));
    const int32_t top = (int32_t)fmin(fmax(0, trunc(y)), fmax(0, height - 2));
    const double u = fmin(1, fmax(0, x - left)), v = fmin(1, fmax(0, y - top));
    const ptrdiff_t right = left + 1 < width ? VK_CHANNELS : 0;
    const ptrdiff_t below = top + 1 < height ? (ptrdiff_t)width * VK_CHANNELS : 0;
    const float *pixel = level->maps + ((ptrdiff_t)top * width + left) * VK_CHANNELS;
    const double a = (1 - u) * (1 - v), b = u * (1 - v), c = (1 - u) * v, d = u * v;
    for (int channel = 0; channel < VK_CHANNELS; channel++) {
        found[channel] = a * pixel[channel] + b * pixel[channel + right] + c * pixel[channel + below]
            + d * pixel[channel + below + right];
    }
}

static double unlike(const double found[VK_CHANNELS], const double colour[3]) {
    double square = 0;
    for (int channel = 0; channel < 3; channel++) {
        const double way = found[VK_BINS + channel] - colour[channel];
        square += way * way;
    }
    return sqrt(square);
}

// Brings differences of colour to the size of the others.
static const double share = 0.2;

// Writes VK_SURROUNDINGS numbers; returns how far from the colour of the head's middle a usual place is, as a factor.
static double surroundings(
    const vk_orientation_level *level, const vk_head_frame *frame, double colour[3], double *row) {
    double found[VK_CHANNELS];
    for (int channel = 0; channel < 3; channel++) colour[channel] = 0;
    for (int place = 0; place < 9 + VK_SURROUNDINGS; place++) {
        const int around = place - 9;
        const double across = around < 0 ? (place % 3 - 1) * 0.2 : around % VK_GRID * 0.25 - 1;
        const double along = around < 0 ? (place / 3 - 1) * 0.2 : around / VK_GRID * 0.25 - 1;
        const double x = frame->x + (frame->turn_x * across - frame->turn_y * along);
        const double y = frame->y + (frame->turn_y * across + frame->turn_x * along);
        sample(level, x * level->scale_x - 0.5, y * level->scale_y - 0.5, found);
        if (around >= 0) {
            row[around] = unlike(found, colour);
            continue;
        }
        for (int channel = 0; channel < 3; channel++) colour[channel] += found[VK_BINS + channel];
        if (around == -1) {
            for (int channel = 0; channel < 3; channel++) colour[channel] /= 9;
        }
    }
    double sum = 0;
    for (int place = 0; place < VK_SURROUNDINGS; place++) sum += row[place];
    const double scale = 1 / (sum / VK_SURROUNDINGS + 2);
    for (int place = 0; place < VK_SURROUNDINGS; place++) row[place] *= scale * share;
    return scale;
}

void vk_describe_head(
    const vk_orientation_level *coarse, const vk_orientation_level *fine, const vk_head_frame *frame,
    const double *points, int32_t count, double step, double *row) {
    double found[VK_CHANNELS], colour[3];
    const double scale = surroundings(coarse, frame, colour, row + (ptrdiff_t)count * VK_NUMBERS);
    const double step_x = frame->turn_x * step, step_y = frame->turn_y * step;
    // A frame turned by one bin sees in its bin b what the picture has in b + 1.
    const double shift = atan2(frame->turn_y, frame->turn_x) / M_PI * VK_BINS;
    const int first = (((int)floor(shift)) % VK_BINS + VK_BINS) % VK_BINS;
    const double part = shift - floor(shift);
    for (int32_t point = 0; point < count; point++) {
        double *target = row + (ptrdiff_t)point * VK_NUMBERS;
        double square = 1;
        for (int place = 0; place < VK_SIDE * VK_SIDE; place++) {
            const double along = place / VK_SIDE - VK_SIDE / 2, across = place % VK_SIDE - VK_SIDE / 2;
            sample(
                fine, (points[2 * point] + step_x * across - step_y * along) * fine->scale_x - 0.5,
                (points[2 * point + 1] + step_y * across + step_x * along) * fine->scale_y - 0.5, found);
            double *own = target + place * (VK_BINS + 1);
            for (int bin = 0; bin < VK_BINS; bin++) {
                const int one = (bin + first) % VK_BINS;
                own[bin] = found[one] * (1 - part) + found[(one + 1) % VK_BINS] * part;
                square += own[bin] * own[bin];
            }
            own[VK_BINS] = unlike(found, colour) * scale * share;
        }
        const double norm = 1 / sqrt(square);
        for (int place = 0; place < VK_NUMBERS; place++) {
            if (place % (VK_BINS + 1) < VK_BINS) target[place] *= norm;
        }
    }
}
