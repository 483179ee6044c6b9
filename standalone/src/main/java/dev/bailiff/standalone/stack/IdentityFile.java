package dev.bailiff.standalone.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code identity.json}: the identity of the folder, and its place when it got that identity. */
final class IdentityFile {
  private static final Logger LOG = LoggerFactory.getLogger(IdentityFile.class);

  private final Path folder;
  private final PrivateFile file;
  private final ObjectMapper json;
  private final Clock clock;

  IdentityFile(Path folder, ObjectMapper json, Clock clock) {
    this.folder = folder;
    this.file = new PrivateFile(folder.resolve("identity.json"));
    this.json = json;
    this.clock = clock;
  }

  Optional<FolderIdentity> read() {
    return file.read().map(this::parse);
  }

  /** Whether the folder's files were written at this place. */
  boolean isOfThisPlace(boolean withoutIdentity) {
    return read()
        .map(
            identity ->
                identity.place().arrivalAt(FolderPlace.of(folder)).equals(FolderArrival.MADE))
        .orElse(withoutIdentity);
  }

  /**
   * Returns the identity of the folder at its place. Makes and writes a new identity if the folder
   * has none or is found somewhere else. The caller holds the folder's lock.
   *
   * @param whenNew how a folder without identity came here
   * @param before the work that must precede a new identity; it is repeated after a crash
   * @throws DataFolderException if the {@code media} of a copy is a link to its twin's media
   */
  FolderIdentity settle(FolderArrival whenNew, Consumer<FolderArrival> before) {
    FolderPlace here = FolderPlace.of(folder);
    Optional<FolderIdentity> known = read();
    if (known.isEmpty()) {
      before.accept(whenNew);
      return write(FolderIdentity.first(whenNew, here, clock.instant()));
    }
    FolderArrival arrival = known.get().place().arrivalAt(here);
    if (arrival == FolderArrival.MADE) {
      return known.get();
    }
    if (arrival == FolderArrival.COPIED && known.get().place().media().equals(here.media())) {
      throw new DataFolderException(
          "the data folder "
              + folder
              + " is a copy of "
              + known.get().place().path()
              + " and its media/ is a link to the same files: put a copy of them in its place");
    }
    before.accept(arrival);
    LOG.info(
        "the data folder {} was {} from {}: it gets another identity",
        folder,
        arrival.word(),
        known.get().place().path());
    return write(known.get().anew(arrival, here, clock.instant()));
  }

  /** Makes a new identity at the same place, because the database was found to be another one. */
  FolderIdentity renew(FolderIdentity known) {
    return write(known.anew(FolderArrival.RESTORED, FolderPlace.of(folder), clock.instant()));
  }

  private FolderIdentity write(FolderIdentity identity) {
    try {
      file.write(json.writeValueAsString(identity) + "\n");
      return identity;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private FolderIdentity parse(String text) {
    try {
      return json.readValue(text, FolderIdentity.class);
    } catch (JsonProcessingException e) {
      throw new DataFolderException(
          file + " cannot be read: " + e.getOriginalMessage() + "; delete it to get a new one", e);
    }
  }
}
