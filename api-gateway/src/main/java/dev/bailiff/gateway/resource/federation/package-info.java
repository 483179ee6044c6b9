/** Other servers, as far as the store knows of them (admin-api 5.47). */
@NullMarked
package dev.bailiff.gateway.resource.federation;

import org.jspecify.annotations.NullMarked;
