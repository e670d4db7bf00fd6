using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Accounts.Api.Admin;
using Accounts.Core.History;
using Accounts.Core.Outbox;
using Accounts.Core.Webhooks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Commands;

/// <summary>What commands print: for people, or with <c>--json</c> for programs, one document on standard output.</summary>
internal static class CommandOutput
{
    private const int Failed = 1;

    /// <summary>Every command takes it.</summary>
    public static readonly Option<bool> JsonOption = new("--json") { Description = "Prints JSON, for programs.", Recursive = true };

    public static bool IsJson(this ParseResult words) => words.GetValue(JsonOption);

    public static void Line(this ParseResult words, string text) => words.InvocationConfiguration.Output.WriteLine(text);

    public static void Json<T>(this ParseResult words, T value, JsonTypeInfo<T> type) => words.Line(JsonSerializer.Serialize(value, type));

    /// <summary>As the API answers it, on one line.</summary>
    public static void Answer<T>(this ParseResult words, IServiceProvider services, T answer) =>
        words.Json(answer, (JsonTypeInfo<T>)services.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions.GetTypeInfo(typeof(T)));

    /// <summary>Tells on standard error, with <c>--json</c> as a document there, why nothing was done.</summary>
    /// <returns>the exit code</returns>
    public static int Fail(this ParseResult words, string message)
    {
        words.InvocationConfiguration.Error.WriteLine(words.IsJson() ? JsonSerializer.Serialize(new CommandFailure(message), CommandJson.Default.CommandFailure) : message);
        return Failed;
    }

    /// <summary>In UTC, whatever calendar the operator's machine has.</summary>
    public static string Time(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>What others have chosen, for a terminal: nothing in it moves the cursor, or turns the direction of writing.</summary>
    public static string Printable(string text) => string.Concat(text.EnumerateRunes().Where(IsPrintable));

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

internal sealed record CommandFailure(string Error);

internal sealed record Migrated(bool IsComplete);

internal sealed record RetriedMails(int Retried);

internal sealed record TriedMail(string SentTo);

internal sealed record ListedWebhooks(WebhookStatus[] Receivers);

internal sealed record RetriedWebhooks(string Receiver, int Retried);

/// <param name="Receiver">its name</param>
/// <param name="Id">of what was sent</param>
/// <param name="Status">that it answered</param>
/// <param name="Ms">how long that took</param>
internal sealed record SentWebhook(string Receiver, string Id, int Status, long Ms);

internal sealed record ListedKeys(ListedKey[] Keys);

/// <param name="Kid">its id</param>
/// <param name="State"><c>announced</c>, <c>active</c> or <c>retained</c></param>
/// <param name="ActiveFrom">when it signs, or began to</param>
internal sealed record ListedKey(string Kid, string State, DateTime ActiveFrom);

internal sealed record MadeAdministrator(string Email, string Username, string Link, DateTime ExpiresAt);

internal sealed record ErasedUser(Guid Erased);

/// <summary>Without the addresses of the pages around it, which are the API's.</summary>
internal sealed record ListedUsers(long Count, AdminUserResponse[] Results);

/// <summary>Of an import's sample; nothing of a password is in it.</summary>
internal sealed record VerifiedSample(int Matching, string[] Failing);

/// <param name="Whole">whether nothing is wrong</param>
/// <param name="After">the number that the kept part begins behind, by a signed head; null where none says so</param>
/// <param name="To">the number of the last event</param>
/// <param name="SignedTo">how far it is signed</param>
/// <param name="Events">that were gone through</param>
/// <param name="Erased">of them, those of which something went with a person who was erased</param>
/// <param name="Wrong">how much is wrong</param>
/// <param name="Findings">the first 100 of it</param>
internal sealed record VerifiedHistory(bool Whole, long? After, long To, long? SignedTo, DateTime? SignedAt, long Events, long Erased, long Wrong, IReadOnlyList<HistoryFinding> Findings);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(CheckResponse))]
[JsonSerializable(typeof(OutboxStatus))]
[JsonSerializable(typeof(CommandFailure))]
[JsonSerializable(typeof(Migrated))]
[JsonSerializable(typeof(RetriedMails))]
[JsonSerializable(typeof(TriedMail))]
[JsonSerializable(typeof(ListedWebhooks))]
[JsonSerializable(typeof(RetriedWebhooks))]
[JsonSerializable(typeof(SentWebhook))]
[JsonSerializable(typeof(MadeAdministrator))]
[JsonSerializable(typeof(ErasedUser))]
[JsonSerializable(typeof(ListedKeys))]
[JsonSerializable(typeof(ListedUsers))]
[JsonSerializable(typeof(VerifiedSample))]
[JsonSerializable(typeof(VerifiedHistory))]
internal sealed partial class CommandJson : JsonSerializerContext;
