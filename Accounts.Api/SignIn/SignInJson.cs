using System.Text.Json.Serialization;

namespace Accounts.Api.SignIn;

[JsonSerializable(typeof(LoginResponse))]
internal sealed partial class SignInJson : JsonSerializerContext;
