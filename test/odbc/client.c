/*
 * client.c
 *	  What a program that reads by ODBC is told and given.
 *
 *		client CONNECTION types QUERY		a line a column: its name and its SQL type, a number
 *		client CONNECTION rows QUERY		CSV; numbers and times are fetched as such, all else as wide characters, in
 *											pieces
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sql.h>
#include <sqlext.h>

/* Smaller than many a text, so that pieces are put together. */
#define PIECE 200
#define NAME 200

static void
check(SQLRETURN code, SQLSMALLINT type, SQLHANDLE handle, const char *what)
{
	SQLCHAR		state[6] = "";
	SQLCHAR		message[1000] = "";
	SQLINTEGER	native;
	SQLSMALLINT length;

	if (SQL_SUCCEEDED(code))
		return;
	SQLGetDiagRec(type, handle, 1, state, &native, message, sizeof message, &length);
	fprintf(stderr, "%s: %s %s\n", what, (char *) state, (char *) message);
	exit(1);
}

/* Of ASCII. As Excel and Power BI do, this calls the functions for wide characters. */
static SQLWCHAR *
wide(const char *text)
{
	SQLWCHAR   *answer = calloc(strlen(text) + 1, sizeof *answer);

	if (answer == NULL)
		exit(1);
	for (size_t i = 0; text[i] != 0; i++)
		answer[i] = (SQLWCHAR) text[i];
	return answer;
}

static void
put_utf8(unsigned long c)
{
	int			more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;

	if (c == '"')
		putchar('"');
	putchar(more == 0 ? (int) c : (int) ((0xFF00 >> (more + 1) & 0xFF) | c >> 6 * more));
	while (more-- > 0)
		putchar((int) (0x80 | (c >> 6 * more & 0x3F)));
}

/* UTF-16; a pair may be cut by the end of a piece. */
static void
put_wide(SQLHSTMT statement, SQLUSMALLINT column)
{
	SQLWCHAR	piece[PIECE];
	SQLLEN		length;
	SQLRETURN	code;
	unsigned long high = 0;
	bool		first = true;

	while ((code = SQLGetData(statement, column, SQL_C_WCHAR, piece, sizeof piece, &length)) != SQL_NO_DATA)
	{
		check(code, SQL_HANDLE_STMT, statement, "SQLGetData");
		if (length == SQL_NULL_DATA)
			return;
		if (first)
			putchar('"');
		first = false;
		for (int i = 0; i < PIECE && piece[i] != 0; i++)
		{
			if (piece[i] >= 0xD800 && piece[i] < 0xDC00)
				high = piece[i];
			else if (piece[i] >= 0xDC00 && piece[i] < 0xE000)
				put_utf8(0x10000 + ((high - 0xD800) << 10) + (piece[i] - 0xDC00));
			else
				put_utf8(piece[i]);
		}
		/* All of it was given, and no more of it is asked for. */
		if (code == SQL_SUCCESS)
			break;
	}
	putchar('"');
}

static void
put_value(SQLHSTMT statement, SQLUSMALLINT column, SQLSMALLINT type)
{
	SQLLEN		length;
	SQLDOUBLE	number;
	SQLBIGINT	integer;
	TIMESTAMP_STRUCT at;

	switch (type)
	{
		case SQL_DOUBLE:
		case SQL_FLOAT:
			check(SQLGetData(statement, column, SQL_C_DOUBLE, &number, sizeof number, &length), SQL_HANDLE_STMT, statement, "SQLGetData");
			if (length != SQL_NULL_DATA)
				printf("%.17g", number);
			break;
		case SQL_INTEGER:
		case SQL_BIGINT:
			check(SQLGetData(statement, column, SQL_C_SBIGINT, &integer, sizeof integer, &length), SQL_HANDLE_STMT, statement, "SQLGetData");
			if (length != SQL_NULL_DATA)
				printf("%lld", (long long) integer);
			break;
		case SQL_TYPE_DATE:
		case SQL_TYPE_TIMESTAMP:
			check(SQLGetData(statement, column, SQL_C_TYPE_TIMESTAMP, &at, sizeof at, &length), SQL_HANDLE_STMT, statement, "SQLGetData");
			if (length != SQL_NULL_DATA)
				printf("%04d-%02u-%02u %02u:%02u:%02u.%09lu", at.year, at.month, at.day, at.hour, at.minute, at.second, (unsigned long) at.fraction);
			break;
		default:
			put_wide(statement, column);
	}
}

int
main(int argc, char **argv)
{
	SQLHENV		environment;
	SQLHDBC		connection;
	SQLHSTMT	statement;
	SQLSMALLINT columns;
	SQLSMALLINT types[100];
	SQLRETURN	code;
	bool		rows;

	if (argc != 4)
		return 2;
	rows = strcmp(argv[2], "rows") == 0;
	check(SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment), SQL_HANDLE_ENV, SQL_NULL_HANDLE, "SQLAllocHandle");
	check(SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION, (SQLPOINTER) SQL_OV_ODBC3, 0), SQL_HANDLE_ENV, environment, "SQLSetEnvAttr");
	check(SQLAllocHandle(SQL_HANDLE_DBC, environment, &connection), SQL_HANDLE_ENV, environment, "SQLAllocHandle");
	check(SQLDriverConnectW(connection, NULL, wide(argv[1]), SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT),
		  SQL_HANDLE_DBC, connection, "SQLDriverConnect");
	check(SQLAllocHandle(SQL_HANDLE_STMT, connection, &statement), SQL_HANDLE_DBC, connection, "SQLAllocHandle");
	check(SQLExecDirectW(statement, wide(argv[3]), SQL_NTS), SQL_HANDLE_STMT, statement, "SQLExecDirect");
	check(SQLNumResultCols(statement, &columns), SQL_HANDLE_STMT, statement, "SQLNumResultCols");
	if (columns > 100)
		return 2;

	for (SQLUSMALLINT c = 1; c <= columns; c++)
	{
		SQLWCHAR	wide_name[NAME];
		char		name[NAME] = "";
		SQLSMALLINT length;
		SQLSMALLINT digits;
		SQLSMALLINT nullable;
		SQLULEN		size;

		check(SQLDescribeColW(statement, c, wide_name, NAME, &length, &types[c - 1], &size, &digits, &nullable),
			  SQL_HANDLE_STMT, statement, "SQLDescribeCol");
		for (int i = 0; i < length && i < NAME - 1; i++)
			name[i] = (char) wide_name[i];
		if (rows)
			printf("%s%s", c > 1 ? "," : "", name);
		else
			printf("%s %d\n", name, types[c - 1]);
	}
	if (!rows)
		return 0;

	putchar('\n');
	while ((code = SQLFetch(statement)) != SQL_NO_DATA)
	{
		check(code, SQL_HANDLE_STMT, statement, "SQLFetch");
		for (SQLUSMALLINT c = 1; c <= columns; c++)
		{
			if (c > 1)
				putchar(',');
			put_value(statement, c, types[c - 1]);
		}
		putchar('\n');
	}
	return 0;
}
