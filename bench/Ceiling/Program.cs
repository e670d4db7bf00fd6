using Npgsql;

// The ceiling: what one prepared statement a request can do on this machine, with nothing around it.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var database = NpgsqlDataSource.Create(args[0] + ";Maximum Pool Size=8;No Reset On Close=true;Max Auto Prepare=10;Auto Prepare Min Usages=1");
var app = builder.Build();

app.MapGet("/select/{id:int}", async (int id) =>
{
    await using var command = database.CreateCommand("SELECT value FROM kv WHERE id = $1");
    command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
    return new Answer((string)(await command.ExecuteScalarAsync())!);
});
app.MapPost("/update/{id:int}", async (int id) =>
{
    await using var command = database.CreateCommand("UPDATE kv SET n = n + 1 WHERE id = $1 RETURNING value");
    command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
    return new Answer((string)(await command.ExecuteScalarAsync())!);
});
app.Run();

internal sealed record Answer(string Value);
