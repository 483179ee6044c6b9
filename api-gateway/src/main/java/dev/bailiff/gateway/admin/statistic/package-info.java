/** How much there is of what (admin-api 5.39, 5.40). */
@NullMarked
package dev.bailiff.gateway.admin.statistic;

import org.jspecify.annotations.NullMarked;
