/** {@code deactivate-users}: close accounts, then leave their rooms (admin-api 4.7). */
@NullMarked
package dev.bailiff.worker.kind.deactivation;

import org.jspecify.annotations.NullMarked;
