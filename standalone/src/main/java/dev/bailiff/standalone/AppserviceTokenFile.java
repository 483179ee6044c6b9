package dev.bailiff.standalone;

import dev.bailiff.embedded.FileFailure;
import dev.bailiff.embedded.PrivateAccess;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.http.ServiceToken;
import dev.bailiff.secret.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The file with the token of the application service. */
final class AppserviceTokenFile {
  private final Path file;

  AppserviceTokenFile(Path file) {
    this.file = file;
  }

  /**
   * The token in the file. A missing file is made with a new token, for its owner alone; an
   * existing file is never changed.
   *
   * @throws CommandException if the file holds something else, or cannot be made or read
   */
  String token() {
    String made = Secret.random();
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PrivateAccess.forFile())) {
      ByteBuffer bytes = ByteBuffer.wrap((made + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return made;
    } catch (FileAlreadyExistsException e) {
      return existing();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "the token file " + file + " cannot be made: " + FileFailure.inWords(e));
    }
  }

  private String existing() {
    ConfigFile.existing(file);
    try {
      return new ServiceToken(file).value();
    } catch (HomeserverUnavailableException e) {
      throw new CommandException(ExitCode.WRONG_USAGE, String.valueOf(e.getMessage()));
    }
  }
}
