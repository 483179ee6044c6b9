/** Statistics: the media of each user and the biggest rooms (admin-api 5.39, 5.40). */
@NullMarked
package dev.bailiff.homeserver.store.statistic;

import org.jspecify.annotations.NullMarked;
