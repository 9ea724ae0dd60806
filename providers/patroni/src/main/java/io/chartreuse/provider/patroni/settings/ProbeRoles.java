package io.chartreuse.provider.patroni.settings;

/**
 * What Zalando's operator calls the roles of a prepared database. The owner is granted both users.
 *
 * @param database its name
 */
record ProbeRoles(String database) {

    String owner() {
        return database + "_owner";
    }

    String login() {
        return database + "_owner_user";
    }

    String writer() {
        return database + "_writer_user";
    }

    String reader() {
        return database + "_reader_user";
    }
}
