/** Statistics: the media of each user, and the largest rooms (admin-api 5.39, 5.40). */
@NullMarked
package dev.bailiff.gateway.admin.statistic;

import org.jspecify.annotations.NullMarked;
