using Accounts.Core.Failures;

namespace Accounts.Core.Users;

/// <summary>Says which fields of a sign-up or a profile are somebody else's, in Django's words.</summary>
internal static class TakenFields
{
    private const string UsernameTaken = "A user with that username already exists.";
    private const string EmailTaken = "user with this email already exists.";

    public static InvalidInputException Error(bool username, bool email)
    {
        var errors = new FieldErrors();
        if (username)
        {
            errors.Add("username", UsernameTaken);
        }
        if (email)
        {
            errors.Add("email", EmailTaken);
        }
        return new InvalidInputException(errors);
    }
}
