/* SPDX-License-Identifier: MIT */
/* The image of the program that builds the image. */
#include "reference/image.h"

const unsigned char cm_image[1] = {0};
const uint64_t cm_image_size = 0;
