package dev.bailiff.homeserver.media;

import java.util.regex.Pattern;

/**
 * Ids of media. They come from outside and become names of files, so only characters that cannot
 * lead out of a folder are allowed; a dot is not among them.
 */
public final class MediaId {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_=~-]{5,200}");

  private MediaId() {}

  /** Whether a text can be a media id. */
  public static boolean isValid(String text) {
    return VALID.matcher(text).matches();
  }
}
