/** What callers did, as the audit tells it: changes, refusals and views of private content. */
@NullMarked
package dev.bailiff.gateway.audit;

import org.jspecify.annotations.NullMarked;
