package dev.bailiff.homeserver;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dropwizard.jackson.Discoverable;

/**
 * The block {@code homeserver} of a configuration: which homeserver the jobs act on.
 *
 * <pre>
 * key   default
 * type  store    a homeserver on Bailiff's own PostgreSQL and media folder
 * </pre>
 *
 * <p>A module adds a type with two entries under {@code META-INF/services}: {@link Discoverable}
 * lists this interface, and a file named after this interface lists the module's factory.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface HomeserverFactory extends Discoverable {

  /** The word after {@code type}, by which the database knows the homeserver. */
  String type();

  /**
   * Whether the homeserver is Bailiff's own store: its data are in the database of the jobs and in
   * the media folder.
   */
  default boolean isOwnStore() {
    return false;
  }

  /** Builds the homeserver of one process; the process closes the homeserver at its end. */
  Homeserver build(HomeserverContext context);
}
