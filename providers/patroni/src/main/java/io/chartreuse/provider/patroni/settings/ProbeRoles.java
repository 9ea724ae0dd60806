package io.chartreuse.provider.patroni.settings;

/**
 * The names that Zalando's operator gives to the roles of a prepared database. Both user roles are granted to the
 * owner.
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
