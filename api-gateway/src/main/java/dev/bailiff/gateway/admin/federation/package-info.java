/** Other servers, as far as the store knows them (admin-api 5.47). */
@NullMarked
package dev.bailiff.gateway.admin.federation;

import org.jspecify.annotations.NullMarked;
