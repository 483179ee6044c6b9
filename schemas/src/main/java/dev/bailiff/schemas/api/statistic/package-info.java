/** Replies about numbers and sizes (admin-api 5.39, 5.40). */
@NullMarked
package dev.bailiff.schemas.api.statistic;

import org.jspecify.annotations.NullMarked;
