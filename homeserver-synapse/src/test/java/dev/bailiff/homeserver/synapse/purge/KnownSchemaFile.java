package dev.bailiff.homeserver.synapse.purge;

import dev.bailiff.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Writes {@code known/<version>.json} from the database of a Synapse of that version: {@code
 * KnownSchemaFile URL USER FILE}. Only reads the database.
 */
final class KnownSchemaFile {
  private KnownSchemaFile() {}

  public static void main(String[] args) throws IOException {
    var source = new PGSimpleDataSource();
    source.setUrl(args[0]);
    source.setUser(args[1]);
    var schema = Database.jdbi(source).withHandle(SchemaReader::read);
    Files.writeString(Path.of(args[2]), KnownSchemas.text(schema));
  }
}
