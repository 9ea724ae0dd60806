"""index orders by customer"""
from alembic import op

revision = "3e4f"
down_revision = "2c3d"


def upgrade():
    op.create_index("orders_customer", "orders", ["customer"])


def downgrade():
    op.drop_index("orders_customer")
