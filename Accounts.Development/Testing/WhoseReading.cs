using Accounts.Api.Http;
using Accounts.Core.Admin;
using Accounts.Core.Failures;

namespace Accounts.Development.Testing;

/// <summary>The user whom a body names, by id or by address.</summary>
public static class WhoseReading
{
    private const int LongestName = 320;

    /// <summary>Null where it names nobody.</summary>
    public static Whose? Whose(this FieldReader fields, Field userId, Field email)
    {
        var (field, name) = userId.IsMissing ? (email, "email") : (userId, "user_id");
        return field.IsMissing ? null : fields.ShortText(name, field, LongestName) is { } text ? new Whose(name, text) : null;
    }

    /// <exception cref="InvalidInputException">there is no such user</exception>
    public static async Task<AdministeredUser> FindAsync(this UserDirectory directory, Whose whose, CancellationToken cancellation)
    {
        try
        {
            return await directory.FindAsync(whose.Text, cancellation);
        }
        catch (NotFoundException)
        {
            throw whose.Refusal($"There is no user {whose.Text}.");
        }
    }
}

/// <param name="Field">that says it</param>
/// <param name="Text">as it came</param>
public sealed record Whose(string Field, string Text)
{
    public InvalidInputException Refusal(Sentence message)
    {
        var errors = new FieldErrors();
        errors.Add(Field, message);
        return new InvalidInputException(errors);
    }
}
