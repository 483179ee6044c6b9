package dev.bailiff.benchmark.data;

import java.nio.file.Path;
import java.sql.Connection;

/**
 * The data that one side of a round works on.
 *
 * @param connection to the round's database
 * @param mediaFolder of the round; kept between rounds, so that each round fills it again
 */
public record RoundFixture(Connection connection, Path mediaFolder, Scale scale) {}
