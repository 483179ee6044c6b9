package dev.bailiff.homeserver.store.membership;

import java.util.stream.Stream;

/** Shows the statements of {@link ProfileSpreading} to tests of other packages. */
public final class ProfileStatements {

  private ProfileStatements() {}

  /** Those that read. */
  public static Stream<String> all() {
    return Stream.of(ProfileSpreading.ROOMS, ProfileSpreading.CONTENTS);
  }
}
