# docker build --build-arg JAR=command-side/target/mutirao-command-side-0.1.0-SNAPSHOT-exec.jar .
FROM eclipse-temurin:25-jre
ARG JAR
RUN useradd --system --home-dir /app mutirao
WORKDIR /app
COPY ${JAR} app.jar
USER mutirao
ENTRYPOINT ["java", "-jar", "app.jar"]
