/** How much there is of what (admin-api 5.39, 5.40). */
@NullMarked
package dev.bailiff.gateway.resource.statistic;

import org.jspecify.annotations.NullMarked;
