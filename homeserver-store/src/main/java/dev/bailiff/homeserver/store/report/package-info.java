/** Reports that users made on events and on other users (admin-api 5.36, 5.37). */
@NullMarked
package dev.bailiff.homeserver.store.report;

import org.jspecify.annotations.NullMarked;
