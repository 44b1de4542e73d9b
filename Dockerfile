# docker build --build-arg JAR=command-side/target/mutirao-command-side-0.1.0-SNAPSHOT-exec.jar .
FROM eclipse-temurin:25-jre
ARG JAR
# data/ keeps identity.key: a volume that is mounted there is of its owner.
RUN useradd --system --home-dir /app mutirao && install -d -o mutirao -m 700 /app/data
WORKDIR /app
COPY ${JAR} app.jar
USER mutirao
ENTRYPOINT ["java", "-jar", "app.jar"]
