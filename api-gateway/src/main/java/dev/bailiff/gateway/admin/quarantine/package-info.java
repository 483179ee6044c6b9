/** Quarantine of media and protection from it (admin-api 5.17 to 5.22, 5.41). */
@NullMarked
package dev.bailiff.gateway.admin.quarantine;

import org.jspecify.annotations.NullMarked;
