package dev.bailiff.homeserver.store.media;

import dev.bailiff.homeserver.media.MediaId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The place of a medium's files below a folder: {@code <first 2>/<next 2>/<rest>}, as in snapshots.
 * Ids come from outside, so only characters that cannot lead out of the folder are allowed; a dot
 * is not among them.
 */
public final class MediaPath {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  private MediaPath() {}

  /**
   * The path of a medium below a folder.
   *
   * @throws IllegalArgumentException if the text cannot be a media id
   */
  public static Path of(Path folder, String mediaId) {
    if (!MediaId.isValid(mediaId)) {
      throw new IllegalArgumentException("not a media id: " + mediaId);
    }
    return folder
        .resolve(mediaId.substring(0, 2))
        .resolve(mediaId.substring(2, 4))
        .resolve(mediaId.substring(4));
  }

  /**
   * The names in the path, folders first.
   *
   * @throws IllegalArgumentException if the text cannot be a media id
   */
  public static List<String> names(String mediaId) {
    List<String> names = new ArrayList<>();
    of(Path.of(""), mediaId).forEach(name -> names.add(name.toString()));
    return names;
  }

  static String checkedName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a thumbnail: " + name);
    }
    return name;
  }
}
