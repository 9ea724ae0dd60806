"""The application: lists what its customers have spent. It knows nothing of who migrates its database."""
import os

import psycopg2

SPENT = """
    SELECT name, coalesce(sum(total), 0) FROM customers LEFT JOIN orders ON customer = customers.id
    GROUP BY name ORDER BY name
"""


def main():
    with psycopg2.connect(os.environ["SHOP_DATABASE"]) as connection, connection.cursor() as cursor:
        cursor.execute(SPENT)
        for name, total in cursor:
            print(f"{name}: {total}")


if __name__ == "__main__":
    main()
